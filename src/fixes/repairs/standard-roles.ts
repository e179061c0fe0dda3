import { isInstruction, roleOf } from '../../patterns/conversation.js';
import { standardRole } from '../../patterns/message-fields.js';
import { type Fields, copyWith } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Gives messages the roles OpenAI has for them; a role that could be any stays. */
export function standardRoles(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const role = standardRole(roleOf(message));
    return role === undefined || role === message['role'] ? message : copyWith(message, 'role', role);
  });
}

/** Gives instructions the role of the user, for models that know no other way. */
export function instructionsAsUser(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    isInstruction(roleOf(message)) ? copyWith(message, 'role', 'user') : message,
  );
}
