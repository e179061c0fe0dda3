// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Json, RequestView } from '../../contract/request.js';
import { equalsJson } from '../json-equal.js';
import { listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** Longest list of tools whose pairs are compared; providers take 128 at most. */
const MAX_TOOLS = 512;

/** Notes functions without parameters, and a tool that is offered twice. */
export function offeredToolFindings(view: RequestView, found: FindingName[]): void {
  const tools = listOf(own(view.params, 'tools'));
  if (tools.some(lacksParameters)) found.push('tool_without_parameters');
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
