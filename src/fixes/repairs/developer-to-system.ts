import { roleOf } from '../../patterns/conversation.js';
import { type Fields, copyWith } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Gives messages of the developer the role of the system, its older name. */
export function developerToSystem(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    roleOf(message) === 'developer' ? copyWith(message, 'role', 'system') : message,
  );
}
