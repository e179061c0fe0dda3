import { blocksOf, messagesOf, roleOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Makes one message of neighbours of one role, all of whose content are blocks. Blocks stay in their order. */
export function mergeRoles(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const merged: unknown[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (
      isRecord(last) &&
      isRecord(message) &&
      roleOf(message) !== '' &&
      roleOf(last) === roleOf(message) &&
      areBlocks(last, message)
    )
      merged[merged.length - 1] = copyWith(last, 'content', [...blocksOf(last), ...blocksOf(message)]);
    else merged.push(message);
  }
  return merged.length === messages.length ? params : replaceMessages(params, merged);
}

function areBlocks(...messages: readonly Fields[]): boolean {
  return messages.every((message) => Array.isArray(own(message, 'content')));
}
