import { messagesOf } from '../../patterns/conversation.js';
import { type Fields, copyWith, sameItems } from '../copy.js';

/** The request with other messages; the same request when they are the same ones. */
export function replaceMessages(params: Fields, messages: readonly unknown[]): Fields {
  return sameItems(messages, messagesOf(params)) ? params : copyWith(params, 'messages', messages);
}
