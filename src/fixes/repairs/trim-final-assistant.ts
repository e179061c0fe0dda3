import {
  callsTools,
  hasThinking,
  isEmptyText,
  messagesOf,
  roleOf,
  typeOf,
} from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Removes whitespace from the end of a final assistant message, the beginning of the answer put into the model's mouth. A
 * message of nothing but whitespace goes altogether. Messages with signed thinking or tool calls are left alone.
 */
export function trimFinalAssistant(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  let end = messages.length;
  let last = trimmed(messages[end - 1]);
  while (last === undefined && end > 1) {
    end -= 1;
    last = trimmed(messages[end - 1]);
  }
  if (last === undefined || last === messages.at(-1)) return params;
  return replaceMessages(params, [...messages.slice(0, end - 1), last]);
}

/** The message without whitespace at its end, or undefined when nothing is left of it. */
function trimmed(message: unknown): unknown {
  if (roleOf(message) !== 'assistant' || !isRecord(message)) return message;
  if (hasThinking(message) || callsTools(message)) return message;
  const content = own(message, 'content');
  if (typeof content === 'string') {
    const text = content.trimEnd();
    if (text === content) return message;
    return text === '' ? undefined : copyWith(message, 'content', text);
  }
  return Array.isArray(content) ? trimmedBlocks(message, listOf(content)) : message;
}

function trimmedBlocks(message: Fields, blocks: readonly unknown[]): Fields | undefined {
  const end = blocks.findLastIndex((block) => !isEmptyText(block)) + 1;
  if (end === 0) return blocks.length === 0 ? message : undefined;
  const last = blocks[end - 1];
  const text = own(last, 'text');
  const isText = typeOf(last) === 'text' || typeOf(last) === ''; // blocks of Converse have no type
  const isTrimmed = !isText || typeof text !== 'string' || !isRecord(last) || text === text.trimEnd();
  if (isTrimmed && end === blocks.length) return message;
  const next = isTrimmed ? last : copyWith(last, 'text', text.trimEnd());
  return copyWith(message, 'content', [...blocks.slice(0, end - 1), next]);
}
