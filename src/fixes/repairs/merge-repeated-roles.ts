import { hasThinking, messagesOf, roleOf, toolCallsOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { joinContents } from './join-contents.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Joins a user message with the user message before it, and likewise for the assistant, with a blank line between texts. The
 * fields beside the content are those of the later message, then of the earlier one.
 */
export function mergeRepeatedRoles(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next: unknown[] = [];
  for (const message of messages) {
    const before = next.at(-1);
    if (isRecord(before) && isRecord(message) && mayJoin(before, message))
      next[next.length - 1] = join(before, message);
    else next.push(message);
  }
  return next.length === messages.length ? params : replaceMessages(params, next);
}

function mayJoin(before: Fields, message: Fields): boolean {
  const role = roleOf(message);
  if (role !== roleOf(before) || (role !== 'user' && role !== 'assistant')) return false;
  return toolCallsOf(before).length === 0 && !hasThinking(before) && !hasThinking(message);
}

function join(before: Fields, message: Fields): Fields {
  const joined = Object.keys(before).reduce(
    (current, key) => (own(current, key) === undefined ? copyWith(current, key, before[key]) : current),
    message,
  );
  return copyWith(joined, 'content', joinContents(own(before, 'content'), own(message, 'content')));
}
