// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { blocksOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';
import { TOOL_NAME_LENGTH, isToolName } from '../tool-names.js';
import { isToolResult } from '../tool-pairing.js';
import { isWellFormed } from '../well-formed.js';
import type { ConverseWalk } from './converse-blocks.js';
import type { FindingName } from './finding-names.js';
import { hasDialect, isCombined } from './schema-dialect.js';

/** What stands out in the tools of a request to Converse. */
export function findInToolConfig(config: unknown, { found, hasToolTraffic }: ConverseWalk): void {
  const tools = listOf(own(config, 'tools'));
  if (tools.length === 0) {
    if (hasToolTraffic) found.push('tools_missing');
    return;
  }
  const names = new Set<unknown>();
  for (const tool of tools) {
    const spec = own(tool, 'toolSpec');
    if (isForeignSpec(tool)) found.push('foreign_tool');
    if (!isRecord(spec)) continue;
    const name = own(spec, 'name');
    if (names.has(name)) found.push('repeated_tool_name');
    names.add(name);
    findInSpec(spec, found);
  }
}

/** True for a tool as OpenAI or Anthropic declare it. */
export function isForeignSpec(tool: unknown): boolean {
  if (!isRecord(tool) || ['toolSpec', 'cachePoint', 'systemTool'].some((key) => own(tool, key) !== undefined))
    return false;
  return typeof (own(tool, 'name') ?? own(own(tool, 'function'), 'name')) === 'string';
}

function findInSpec(spec: unknown, found: FindingName[]): void {
  if (!isToolName(own(spec, 'name'), TOOL_NAME_LENGTH)) found.push('invalid_tool_name');
  if (!isWellFormed(spec)) found.push('lone_surrogate');
  const schema = own(own(spec, 'inputSchema'), 'json');
  if (isCombined(schema)) found.push('schema_combined');
  if (own(schema, 'type') !== 'object') found.push('schema_not_object');
  if (hasDialect(schema)) found.push('schema_dialect');
}

/** Whether the only tool that may be called is the one that was called and answered last. */
export function isForcedAgain(config: unknown, messages: readonly unknown[]): boolean {
  const choice = own(config, 'toolChoice');
  const tools = listOf(own(config, 'tools'));
  const only =
    tools.length === 1 && isRecord(own(choice, 'any')) ? own(own(tools[0], 'toolSpec'), 'name') : undefined;
  const forced = own(own(choice, 'tool'), 'name') ?? only;
  if (typeof forced !== 'string') return false;
  const answers = blocksOf(messages.at(-1));
  if (answers.length === 0 || !answers.every(isToolResult)) return false;
  return blocksOf(messages.at(-2)).some((block) => own(own(block, 'toolUse'), 'name') === forced);
}
