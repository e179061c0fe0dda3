import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
  blocksOf,
  hasThinking,
  isEmptyMessage,
  isEmptyText,
  messagesOf,
  roleOf,
} from '../../patterns/conversation.js';
import { GOOGLE_GENERATE } from '../../patterns/google-request.js';
import { isRecord, listOf } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { dropEmptyConverse } from './drop-empty-converse.js';
import { dropEmptyContents } from '../google/contents.js';
import { replaceMessages } from './replace-messages.js';

/** Stands for an empty first user message of Anthropic, whose conversations must not start with the assistant. */
const PLACEHOLDER = '(empty message)';

/**
 * Removes messages that say nothing, and for APIs of blocks also text blocks without a visible character, in messages and in the
 * instructions. Messages with signed thinking are left alone.
 */
export function dropEmptyMessages(api: string, params: Fields): Fields {
  if (api === BEDROCK_CONVERSE) return dropEmptyConverse(params);
  if (api === GOOGLE_GENERATE) return dropEmptyContents(params);
  if (api !== ANTHROPIC_MESSAGES) {
    return replaceMessages(
      params,
      rewrite(messagesOf(params), (message) => (isEmptyMessage(message) ? [] : [message])),
    );
  }
  const messages = rewrite(messagesOf(params), (message) =>
    isEmptyMessage(message) ? [] : [withoutBlank(message)],
  );
  return dropBlankSystem(replaceMessages(params, startWithUser(messagesOf(params), messages)));
}

function withoutBlank(message: unknown): unknown {
  if (!isRecord(message) || hasThinking(message)) return message;
  const blocks = blocksOf(message);
  const kept = rewrite(blocks, (block) => (isEmptyText(block) ? [] : [block]));
  return kept === blocks || kept.length === 0 ? message : copyWith(message, 'content', kept);
}

function startWithUser(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const [first] = before;
  if (roleOf(after[0]) !== 'assistant' || roleOf(first) !== 'user' || !isRecord(first)) return after;
  return [copyWith(first, 'content', PLACEHOLDER), ...after];
}

function dropBlankSystem(params: Fields): Fields {
  const blocks = listOf(params['system']);
  const kept = rewrite(blocks, (block) => (isEmptyText(block) ? [] : [block]));
  if (kept === blocks) return params;
  return kept.length === 0 ? copyWithout(params, 'system') : copyWith(params, 'system', kept);
}
