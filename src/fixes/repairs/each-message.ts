import { messagesOf } from '../../patterns/conversation.js';
import { isRecord } from '../../patterns/own.js';
import { type Fields, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** The request with each message changed by itself; `change` returns the same message to keep it. */
export function eachMessage(params: Fields, change: (message: Fields) => Fields): Fields {
  const messages = messagesOf(params);
  const next = rewrite(messages, (message) => [isRecord(message) ? change(message) : message]);
  return next === messages ? params : replaceMessages(params, next);
}
