import { messagesOf, roleOf, textOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Blocks of the assistant that are no content parts of chat completions. */
const SAID: readonly string[] = ['tool_use', 'thinking', 'redacted_thinking'];

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
  return roleOf(message) === 'assistant' ? withoutCalls(message, parts) : withoutResults(message, parts);
}

function withoutCalls(message: Fields, parts: readonly unknown[]): readonly unknown[] {
  const rest = parts.filter((part) => !SAID.includes(typeOf(part)));
  if (rest.length === parts.length) return [message];
  const calls = parts.filter((part) => typeOf(part) === 'tool_use').map(toolCall);
  const said = copyWith(message, 'content', rest.length > 0 ? rest : calls.length > 0 ? null : '');
  if (calls.length === 0) return [said];
  return [copyWith(said, 'tool_calls', [...listOf(own(said, 'tool_calls')), ...calls])];
}

function withoutResults(message: Fields, parts: readonly unknown[]): readonly unknown[] {
  const rest = parts.filter((part) => typeOf(part) !== 'tool_result');
  if (rest.length === parts.length) return [message];
  const results = parts.filter((part) => typeOf(part) === 'tool_result').map(toolMessage);
  return rest.length === 0 ? results : [...results, copyWith(message, 'content', rest)];
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
