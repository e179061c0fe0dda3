import { messagesOf, roleOf, textOf, typeOf } from '../../patterns/conversation.js';
import { CALL_BLOCKS } from '../../patterns/message-fields.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Gives calls and results that are content blocks, as Anthropic has them, the form of chat completions: `tool_use` becomes a
 * tool call of its message, `tool_result` a tool message in front of what else the user said. Thinking, which only its
 * author reads, goes.
 */
export function callsFromBlocks(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next = rewrite(messages, (message) => (isRecord(message) ? withoutBlocks(message) : [message]));
  return next === messages ? params : replaceMessages(params, next);
}

function withoutBlocks(message: Fields): readonly unknown[] {
  const parts = listOf(own(message, 'content'));
  const rest = parts.filter((part) => !isBlock(part));
  if (rest.length === parts.length) return [message];
  const role = roleOf(message);
  const results = parts.filter((part) => typeOf(part) === 'tool_result').map(toolMessage);
  if (role !== 'assistant')
    return rest.length === 0 ? results : [...results, copyWith(message, 'content', rest)];
  const calls = parts.filter((part) => typeOf(part) === 'tool_use').map(toolCall);
  const content = rest.length > 0 ? rest : calls.length > 0 ? null : '';
  const said = copyWith(message, 'content', content);
  if (calls.length === 0) return [said];
  return [copyWith(said, 'tool_calls', [...listOf(own(said, 'tool_calls')), ...calls])];
}

function isBlock(part: unknown): boolean {
  return CALL_BLOCKS.has(typeOf(part));
}

function toolCall(block: unknown): Fields {
  const name = own(block, 'name');
  return {
    id: own(block, 'id'),
    type: 'function',
    function: { name, arguments: JSON.stringify(own(block, 'input') ?? {}) },
  };
}

function toolMessage(block: unknown): Fields {
  const content = own(block, 'content');
  return { role: 'tool', tool_call_id: own(block, 'tool_use_id'), content: textOf(content) };
}
