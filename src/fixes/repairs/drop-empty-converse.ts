import { blocksOf, messagesOf } from '../../patterns/conversation.js';
import { isBlankText } from '../../patterns/findings/converse-findings.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Removes text blocks of Converse without a visible character, in messages and instructions, and messages left with none. */
export function dropEmptyConverse(params: Fields): Fields {
  const messages = messagesOf(params);
  const next = rewrite(messages, (message) => {
    if (!isRecord(message)) return [message];
    const content = own(message, 'content') ?? [];
    if (!Array.isArray(content)) return content === '' ? [] : [message];
    const blocks = blocksOf(message);
    const kept = rewrite(blocks, (block) => (isBlankText(block) ? [] : [block]));
    if (kept.length === 0) return [];
    return [kept === blocks ? message : copyWith(message, 'content', kept)];
  });
  return dropBlankSystem(next === messages ? params : replaceMessages(params, next));
}

function dropBlankSystem(params: Fields): Fields {
  const blocks = listOf(params['system']);
  const kept = rewrite(blocks, (block) => (isBlankText(block) ? [] : [block]));
  if (kept === blocks) return params;
  return kept.length === 0 ? copyWithout(params, 'system') : copyWith(params, 'system', kept);
}
