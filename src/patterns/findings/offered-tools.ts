// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Json, RequestView } from '../../contract/request.js';
import { equalsJson } from '../json-equal.js';
import { isRecord, listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** Longest list of tools whose pairs are compared; providers take 128 at most. */
const MAX_TOOLS = 512;

/** What stands out in the tools offered: their form, and one that is offered twice. */
export function offeredToolFindings(view: RequestView, found: FindingName[]): void {
  const tools = listOf(own(view.params, 'tools'));
  for (const tool of tools) {
    if (lacksParameters(tool)) found.push('tool_without_parameters');
    if (isFlatTool(tool)) found.push('flat_tool');
    else if (hasStrayField(tool)) found.push('stray_tool_field');
  }
  if (tools.length < 2 || tools.length > MAX_TOOLS) return;
  for (let index = 1; index < tools.length; index += 1) {
    if (isRepeated(tools, index)) {
      found.push('repeated_tool');
      return;
    }
  }
}

/** True when an earlier tool has the same name and takes the same arguments. */
export function isRepeated(tools: readonly unknown[], index: number): boolean {
  const tool = functionOf(tools[index]);
  const name = own(tool, 'name');
  if (typeof name !== 'string') return false;
  for (let earlier = 0; earlier < index; earlier += 1) {
    const other = functionOf(tools[earlier]);
    if (own(other, 'name') === name && isSame(own(other, 'parameters'), own(tool, 'parameters'))) return true;
  }
  return false;
}

/** True for a function as Anthropic's API or OpenAI's Responses API have it. */
export function isFlatTool(tool: unknown): boolean {
  if (own(tool, 'function') !== undefined || typeof own(tool, 'name') !== 'string') return false;
  return isRecord(own(tool, 'parameters') ?? own(tool, 'input_schema'));
}

/** Fields of a tool, and of the function in it. */
export const TOOL_FIELDS: readonly string[] = ['type', 'function'];
export const FUNCTION_FIELDS: readonly string[] = ['name', 'description', 'parameters', 'strict'];

function hasStrayField(tool: unknown): boolean {
  const fn = own(tool, 'function');
  return fn !== undefined && (hasOther(tool, TOOL_FIELDS) || hasOther(fn, FUNCTION_FIELDS));
}

function hasOther(object: unknown, fields: readonly string[]): boolean {
  if (!isRecord(object)) return false;
  for (const key in object) if (!fields.includes(key) && own(object, key) !== undefined) return true;
  return false;
}

function lacksParameters(tool: unknown): boolean {
  const fn = own(tool, 'function');
  return fn !== undefined && (own(fn, 'parameters') ?? null) === null;
}

function functionOf(tool: unknown): unknown {
  return own(tool, 'function') ?? tool;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || equalsJson(one, other as Json); // a schema on its way to JSON; one that is not differs
}
