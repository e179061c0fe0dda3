// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params } from '../../contract/request.js';
import { blocksOf, messagesOf, roleOf, typeOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';
import { ANTHROPIC_TOOL_NAME_LENGTH, isToolName } from '../tool-names.js';
import { isWellFormed } from '../well-formed.js';
import { TOOL_FIELDS, hasForeignField } from './block-fields.js';
import { type CacheMarks, countMark } from './cache-marks.js';
import type { FindingName } from './finding-names.js';
import { hasDialect } from './schema-dialect.js';

const COMBINATORS: readonly string[] = ['anyOf', 'oneOf', 'allOf'];

/** What stands out in the tools of a request to Anthropic, and in the choice among them. */
export function findInTools(params: Params, marks: CacheMarks, found: FindingName[]): void {
  const tools = listOf(params['tools']);
  if (tools.length === 0) return;
  const names = new Set<unknown>();
  for (const tool of tools) {
    if (!isRecord(tool)) continue;
    countMark(tool, marks, found);
    if (isForeignTool(tool)) {
      found.push('foreign_tool');
      continue;
    }
    const name = own(tool, 'name');
    if (typeof name === 'string' && names.has(name)) found.push('repeated_tool_name');
    names.add(name);
    if (isCustom(tool)) findInCustom(tool, found);
  }
  if (isForcedAgain(params, tools)) found.push('forced_tool_answered');
}

/** True for a tool the caller runs, which is the kind without a type. */
export function isCustom(tool: unknown): boolean {
  const type = own(tool, 'type') ?? 'custom';
  return type === 'custom';
}

/** True for a tool as OpenAI or MCP declare it. */
export function isForeignTool(tool: unknown): boolean {
  if (isRecord(own(tool, 'function'))) return true;
  const isFunction = own(tool, 'type') === 'function';
  if (!isFunction && !isCustom(tool)) return false;
  if (own(tool, 'input_schema') !== undefined) return isFunction;
  return isFunction || isRecord(own(tool, 'parameters')) || isRecord(own(tool, 'inputSchema'));
}

function findInCustom(tool: unknown, found: FindingName[]): void {
  if (!isToolName(own(tool, 'name'), ANTHROPIC_TOOL_NAME_LENGTH)) found.push('invalid_tool_name');
  if (hasForeignField(tool, TOOL_FIELDS) || own(tool, 'description') === null)
    found.push('foreign_tool_field');
  if (!isWellFormed(tool)) found.push('lone_surrogate');
  const schema = own(tool, 'input_schema');
  if (COMBINATORS.some((key) => Array.isArray(own(schema, key)))) found.push('schema_combined');
  else if (own(schema, 'type') !== 'object') found.push('schema_not_object');
  if (hasDialect(schema)) found.push('schema_dialect');
}

/** Whether the only tool that may be called is the one that was called and answered last. */
function isForcedAgain(params: Params, tools: readonly unknown[]): boolean {
  const choice = params['tool_choice'];
  const type = own(choice, 'type');
  const forced =
    type === 'tool'
      ? own(choice, 'name')
      : type === 'any' && tools.length === 1
        ? own(tools[0], 'name')
        : undefined;
  if (typeof forced !== 'string') return false;
  const messages = messagesOf(params);
  const last = messages.at(-1);
  if (roleOf(last) !== 'user') return false;
  const blocks = blocksOf(last);
  if (blocks.length === 0 || !blocks.every((block) => typeOf(block) === 'tool_result')) return false;
  return blocksOf(messages.at(-2)).some(
    (block) => typeOf(block) === 'tool_use' && own(block, 'name') === forced,
  );
}
