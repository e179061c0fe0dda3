import { messagesOf } from '../../patterns/conversation.js';
import { isRecord } from '../../patterns/own.js';
import { type Fields, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Changes messages one by one; one that is no object is left alone, and so is the request when all stay the same. */
export function mapMessages(
  params: Fields,
  change: (message: Fields, index: number) => Fields | undefined,
): Fields {
  const next = rewrite(messagesOf(params), (message, index) => {
    if (!isRecord(message)) return [message];
    const changed = change(message, index);
    return changed === undefined ? [] : [changed];
  });
  return Array.isArray(params['messages']) ? replaceMessages(params, next) : params;
}
