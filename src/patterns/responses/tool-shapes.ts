import type { Params } from '../../contract/request.js';
import { typeOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';

/** True for a tool in the shape of chat completions, or of an API that knows functions alone. */
export function isChatTool(tool: unknown): boolean {
  const type = typeOf(tool);
  if (type === 'function' || type === '') {
    return (
      isRecord(own(tool, 'function')) ||
      isRecord(own(tool, 'input_schema')) ||
      (type === '' && typeof own(tool, 'name') === 'string')
    );
  }
  return type === 'custom' && (isRecord(own(tool, 'custom')) || isRecord(own(tool, 'input_schema')));
}

/** True for a `tool_choice` in the shape of another API. */
export function isChatChoice(choice: unknown): boolean {
  if (choice === 'any') return true;
  if (!isRecord(choice)) return false;
  if (isRecord(own(choice, 'function')) || isRecord(own(choice, 'custom'))) return true;
  return own(choice, 'name') === undefined
    ? ['auto', 'any', 'none', 'required'].includes(typeOf(choice))
    : typeOf(choice) === 'tool';
}

/** True where `tools` or the choice of one has the shape of another API. */
export function hasChatTools(params: Params): boolean {
  const tools = listOf(own(params, 'tools'));
  for (const tool of tools) if (isChatTool(tool)) return true;
  return isChatChoice(own(params, 'tool_choice'));
}

/** True where a tool must be called, and none is offered. */
export function forcesNoTool(params: Params): boolean {
  const choice = own(params, 'tool_choice');
  const tools = own(params, 'tools') ?? null;
  if (tools !== null && !(Array.isArray(tools) && tools.length === 0)) return false;
  return choice === 'required' || isRecord(choice);
}
