import { listOf } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { itemsOfChat } from '../responses/chat-items.js';
import { replaceInput } from '../responses/replace-input.js';

/**
 * Responses: messages in the shape of chat completions become items: tool calls and their answers items of their own, parts
 * under the names of this API. `messages` itself becomes `input`, where there is none. One message instead of a list becomes
 * a list of one.
 */
export function convertChatInput(_api: string, params: Fields): Fields {
  const moved = withInput(params);
  const input = moved['input'];
  const items = Array.isArray(input)
    ? listOf(input)
    : typeof input === 'object' && input !== null
      ? [input]
      : undefined;
  return items === undefined ? moved : replaceInput(moved, itemsOfChat(items));
}

function withInput(params: Fields): Fields {
  const messages = params['messages'];
  if (!Array.isArray(messages)) return params;
  const rest = copyWithout(params, 'messages');
  return params['input'] === undefined ? copyWith(rest, 'input', messages) : rest;
}
