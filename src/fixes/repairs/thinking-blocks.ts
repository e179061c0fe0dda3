import { blocksOf, messagesOf, roleOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { mapMessages } from './map-blocks.js';
import { replaceMessages } from './replace-messages.js';

/** Puts the thinking of a message in front of what came of it. */
export function thinkingFirst(_api: string, params: Fields): Fields {
  return mapMessages(params, (message) => {
    const blocks = blocksOf(message);
    const at = blocks.findIndex(isThinking);
    if (roleOf(message) !== 'assistant' || at <= 0) return message;
    const thinking = blocks.filter(isThinking);
    return copyWith(message, 'content', [...thinking, ...blocks.filter((block) => !isThinking(block))]);
  });
}

/** Removes thinking of which nothing came: at the end of a message, or a message of nothing else. */
export function dropLastThinking(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next = rewrite(messages, (message) => {
    const blocks = blocksOf(message);
    if (roleOf(message) !== 'assistant' || !isRecord(message) || !isThinking(blocks.at(-1))) return [message];
    const end = blocks.findLastIndex((block) => !isThinking(block)) + 1;
    return end === 0 ? [] : [copyWith(message, 'content', blocks.slice(0, end))];
  });
  return next === messages ? params : replaceMessages(params, next);
}

/** Removes thinking without a signature, which only another provider can have written. A message of nothing else keeps it as text. */
export function dropUnsignedThinking(_api: string, params: Fields): Fields {
  return mapMessages(params, (message) => {
    const blocks = blocksOf(message);
    if (!blocks.some(isUnsigned)) return message;
    const kept = blocks.filter((block) => !isUnsigned(block));
    return copyWith(message, 'content', kept.length > 0 ? kept : blocks.map(asText));
  });
}

function isThinking(block: unknown): boolean {
  return typeOf(block) === 'thinking' || typeOf(block) === 'redacted_thinking';
}

function isUnsigned(block: unknown): boolean {
  const signature = own(block, 'signature');
  return typeOf(block) === 'thinking' && (typeof signature !== 'string' || signature === '');
}

function asText(block: unknown): unknown {
  const thinking = own(block, 'thinking');
  if (!isRecord(block)) return block;
  return {
    type: 'text',
    text: typeof thinking === 'string' && thinking.trim() !== '' ? thinking : '(no answer)',
  };
}
