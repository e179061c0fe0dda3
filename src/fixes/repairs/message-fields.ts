import { MESSAGE_FIELDS, isRefusedName } from '../../patterns/message-fields.js';
import { own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { shortText } from '../short-text.js';
import { eachMessage } from './each-message.js';

/** Longest `name` of a message, in characters. */
const MAX_NAME = 64;

/** Removes fields of messages that OpenAI's API does not know: ids and times of the application's own records. */
export function dropUnknownFields(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    Object.keys(message)
      .filter((key) => !MESSAGE_FIELDS.has(key))
      .reduce(copyWithout, message),
  );
}

/** Replaces what OpenAI refuses in a message's `name`; one of which nothing is left goes. */
export function referByName(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const name = own(message, 'name');
    if (typeof name !== 'string' || message['role'] === 'function' || !isRefusedName(name)) return message;
    const next = shortText(name.trim().replace(/[^\p{L}\p{N}_-]+/gu, '_'), MAX_NAME);
    return /[\p{L}\p{N}]/u.test(next) ? copyWith(message, 'name', next) : copyWithout(message, 'name');
  });
}
