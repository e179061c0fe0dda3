import { roleOf } from '../../patterns/conversation.js';
import { isStrayField } from '../../patterns/findings/message-fields.js';
import { type Fields, copyWithout } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Removes the fields chat APIs do not share for a message's role, such as the `id` or `refusal` of an answer sent back. */
export function dropStrayFields(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const role = roleOf(message);
    return Object.keys(message)
      .filter((key) => isStrayField(key, role))
      .reduce<Fields>(copyWithout, message);
  });
}

/** Removes the name of a participant; that of a tool stays. */
export function dropNames(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const role = roleOf(message);
    return role === 'tool' || role === 'function' ? message : copyWithout(message, 'name');
  });
}
