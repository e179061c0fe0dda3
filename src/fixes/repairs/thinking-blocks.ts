import { blocksOf, roleOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { mapMessages } from './map-blocks.js';

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
