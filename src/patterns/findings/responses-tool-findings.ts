// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params } from '../../contract/request.js';
import { typeOf } from '../conversation.js';
import { isFunctionName } from '../function-name.js';
import { listOf, own } from '../own.js';
import { isChatFormat } from '../responses/format.js';
import { forcesNoTool, hasChatTools } from '../responses/tool-shapes.js';
import type { FindingName } from './finding-names.js';
import { functionFinding, schemaFindings } from './tool-findings.js';

/** Adds what stands out in the flat tools of the Responses API, the choice among them, and the format of the answer. */
export function responsesToolFindings(params: Params, found: FindingName[]): void {
  const tools = listOf(own(params, 'tools'));
  if (hasChatTools(params)) found.push('chat_shape_in_tools');
  if (forcesNoTool(params)) found.push('forced_tool_without_tools');
  for (const tool of tools) {
    // No parameters are written as null here.
    if (typeOf(tool) === 'function' && own(tool, 'parameters') !== null) functionFinding(tool, found);
  }
  if (namesAbsentTool(own(params, 'tool_choice'), tools)) found.push('absent_tool_choice');
  const format = own(own(params, 'text'), 'format');
  if (isChatFormat(format)) found.push('chat_format');
  if (typeOf(format) === 'json_schema') {
    schemaFindings(own(format, 'schema'), own(format, 'strict') === true, found);
  }
}

/** Adds a name in the history that no tool can have. */
export function calledNameFinding(item: unknown, found: FindingName[]): void {
  const name = own(item, 'name');
  if (typeof name === 'string' && !isFunctionName(name)) found.push('called_name');
}

function namesAbsentTool(choice: unknown, tools: readonly unknown[]): boolean {
  const name = own(choice, 'name');
  if (typeOf(choice) !== 'function' || typeof name !== 'string' || tools.length === 0) return false;
  return !tools.some(
    (tool) => own(tool, 'name') === name || typeOf(tool) === 'namespace' || typeOf(tool) === 'tool_search',
  );
}
