// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { isRecord, listOf, own } from '../own.js';
import { TOOL_NAME_LENGTH, isToolName } from '../tool-names.js';
import { isWellFormed } from '../well-formed.js';
import type { ConverseWalk } from './converse-blocks.js';
import type { FindingName } from './finding-names.js';

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
  if (own(schema, 'type') !== 'object') found.push('schema_not_object');
}
