import { type Fields, copyWith } from '../copy.js';

/** The request with other messages; the same request when they are the same list. */
export function replaceMessages(params: Fields, messages: readonly unknown[]): Fields {
  return messages === params['messages'] ? params : copyWith(params, 'messages', messages);
}
