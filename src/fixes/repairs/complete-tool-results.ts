import { messagesOf, roleOf, toolCallsOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Says of results that do not say it which call they answer: tool messages get the id of the first call of the turn that has
 * no result yet, function messages the name of the function called before.
 */
export function completeToolResults(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  let open: unknown[] = [];
  let called: unknown;
  const next = rewrite(messages, (message) => {
    const role = roleOf(message);
    if (role === 'tool' && isRecord(message)) return [withId(message, open)];
    if (role === 'function' && isRecord(message)) return [withName(message, called)];
    open = toolCallsOf(message).map((call) => own(call, 'id'));
    called = own(own(message, 'function_call'), 'name');
    return [message];
  });
  return next === messages ? params : replaceMessages(params, next);
}

function withId(message: Fields, open: unknown[]): Fields {
  const id = own(message, 'tool_call_id');
  if (typeof id === 'string' && id !== '') {
    const place = open.indexOf(id);
    if (place >= 0) open.splice(place, 1);
    return message;
  }
  const first = open.shift();
  return typeof first === 'string' ? copyWith(message, 'tool_call_id', first) : message;
}

function withName(message: Fields, called: unknown): Fields {
  const name = own(message, 'name');
  return (name ?? '') === '' && typeof called === 'string' ? copyWith(message, 'name', called) : message;
}
