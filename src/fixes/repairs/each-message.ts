import { messagesOf } from '../../patterns/conversation.js';
import { isRecord } from '../../patterns/own.js';
import { type Fields, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** The request with each message changed by itself; `change` returns the same message to keep it, undefined to drop it. */
export function eachMessage(
  params: Fields,
  change: (message: Fields, index: number) => Fields | undefined,
): Fields {
  const messages = messagesOf(params);
  const next = rewrite(messages, (message, index) => {
    if (!isRecord(message)) return [message];
    const changed = change(message, index);
    return changed === undefined ? [] : [changed];
  });
  return next === messages ? params : replaceMessages(params, next);
}
