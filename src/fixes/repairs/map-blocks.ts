import { messagesOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Replaces a content block: by itself, by another, or by none where it returns undefined. */
export type ChangeBlock = (block: unknown) => unknown;

/** Changes every content block of a conversation of Anthropic or Converse, those inside tool results too. */
export function mapBlocks(params: Fields, change: ChangeBlock): Fields {
  return mapMessages(params, (message) => mapContent(message, 'content', change));
}

/** Changes every message. */
export function mapMessages(params: Fields, change: (message: Fields, index: number) => unknown): Fields {
  const messages = messagesOf(params);
  const next = rewrite(messages, (message, index) => [isRecord(message) ? change(message, index) : message]);
  return next === messages ? params : replaceMessages(params, next);
}

/** Changes the blocks of one list, outer blocks after those inside them. */
export function mapContent(holder: Fields, key: string, change: ChangeBlock): Fields {
  const blocks = listOf(own(holder, key));
  const next = rewrite(blocks, (block) => {
    const changed = change(inside(block, change));
    return changed === undefined ? [] : [changed];
  });
  return next === blocks ? holder : copyWith(holder, key, next);
}

function inside(block: unknown, change: ChangeBlock): unknown {
  if (!isRecord(block)) return block;
  const result = own(block, 'toolResult');
  if (isRecord(result)) return replaced(block, 'toolResult', mapContent(result, 'content', change));
  return own(block, 'type') === 'tool_result' ? mapContent(block, 'content', change) : block;
}

/** The object with another value under a key; the same object when it is the same value. */
export function replaced(object: Fields, key: string, value: unknown): Fields {
  return own(object, key) === value ? object : copyWith(object, key, value);
}
