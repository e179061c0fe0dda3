import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
  hasThinking,
  messagesOf,
  roleOf,
  toolCallsOf,
} from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { joinContents } from './join-contents.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Joins a user message with the user message before it, and likewise for the assistant, with a blank line between texts and
 * parts in their order. The fields beside the content are those of the later message, then of the earlier one.
 */
export function mergeRepeatedRoles(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const mayJoin = api === ANTHROPIC_MESSAGES || api === BEDROCK_CONVERSE ? haveBlocks : haveNoCalls;
  const next: unknown[] = [];
  for (const message of messages) {
    const before = next.at(-1);
    if (isRecord(before) && isRecord(message) && isRepeated(before, message) && mayJoin(before, message))
      next[next.length - 1] = join(before, message);
    else next.push(message);
  }
  return next.length === messages.length ? params : replaceMessages(params, next);
}

function isRepeated(before: Fields, message: Fields): boolean {
  const role = roleOf(message);
  return role === roleOf(before) && (role === 'user' || role === 'assistant');
}

/** Blocks lose nothing beside others; a text among them would have to become one. */
function haveBlocks(before: Fields, message: Fields): boolean {
  return Array.isArray(own(before, 'content')) && Array.isArray(own(message, 'content'));
}

function haveNoCalls(before: Fields, message: Fields): boolean {
  return toolCallsOf(before).length === 0 && !hasThinking(before) && !hasThinking(message);
}

function join(before: Fields, message: Fields): Fields {
  const joined = Object.keys(before).reduce(
    (current, key) => (own(current, key) === undefined ? copyWith(current, key, before[key]) : current),
    message,
  );
  const next = copyWith(joined, 'content', joinContents(own(before, 'content'), own(message, 'content')));
  return Object.keys(next).every((key) => Object.is(own(before, key), next[key])) ? before : next;
}
