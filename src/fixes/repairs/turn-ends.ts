import { messagesOf, roleOf, toolCallsOf } from '../../patterns/conversation.js';
import { isOpenEnd } from '../../patterns/findings/role-findings.js';
import { isRecord } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Said by the user where the assistant spoke last. */
const CONTINUE = 'Please continue.';
/** Said by the assistant between the result of a tool and the next question. */
const ACKNOWLEDGED = 'I have the result.';

/** Puts a user message after a final one of the assistant. */
export function endWithUser(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  if (!endsOpen(messages)) return params;
  return replaceMessages(params, [...messages, { role: 'user', content: CONTINUE }]);
}

/** Marks a final message of the assistant as the beginning of the answer. */
export function markPrefix(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const last = messages.at(-1);
  if (!endsOpen(messages) || !isRecord(last)) return params;
  return replaceMessages(params, [...messages.slice(0, -1), copyWith(last, 'prefix', true)]);
}

/** Puts a message of the assistant between a tool result and a user message. */
export function acknowledgeResults(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next = messages.flatMap((message, index) =>
    roleOf(message) === 'user' && roleOf(messages[index - 1]) === 'tool'
      ? [{ role: 'assistant', content: ACKNOWLEDGED }, message]
      : [message],
  );
  return next.length === messages.length ? params : replaceMessages(params, next);
}

function endsOpen(messages: readonly unknown[]): boolean {
  const last = messages.at(-1);
  return isOpenEnd(last) && toolCallsOf(last).length === 0;
}
