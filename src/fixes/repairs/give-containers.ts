import { typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** Responses: a code interpreter runs in a container, of which the server makes one where it may. */
export function giveContainers(_api: string, params: Fields): Fields {
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool) => [
    isRecord(tool) && typeOf(tool) === 'code_interpreter' && (own(tool, 'container') ?? null) === null
      ? copyWith(tool, 'container', { type: 'auto' })
      : tool,
  ]);
  return next === tools ? params : copyWith(params, 'tools', next);
}
