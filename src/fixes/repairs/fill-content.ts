import { roleOf, toolCallsOf } from '../../patterns/conversation.js';
import { ROLES } from '../../patterns/message-fields.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { eachMessage } from './each-message.js';

/**
 * Gives messages without content an empty text, which OpenAI takes in every role. Calls, audio and a refusal speak for a
 * message of the assistant, which stays as it is.
 */
export function fillContent(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const content = own(message, 'content') ?? null;
    const isEmpty = content === null || (Array.isArray(content) && content.length === 0);
    if (!isEmpty || !ROLES.has(roleOf(message)) || (content === null && speaksOtherwise(message)))
      return message;
    return copyWith(message, 'content', '');
  });
}

/** Writes `content: null` into messages that call and leave it out: some servers demand the key. */
export function nameContent(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    calls(message) && own(message, 'content') === undefined ? copyWith(message, 'content', null) : message,
  );
}

/** Makes a text of content that is neither text nor list. */
export function contentAsText(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const content = own(message, 'content') ?? null;
    if (content === null || typeof content === 'string' || Array.isArray(content)) return message;
    return copyWith(message, 'content', JSON.stringify(content));
  });
}

function speaksOtherwise(message: Fields): boolean {
  if (roleOf(message) !== 'assistant') return false;
  return calls(message) || isRecord(own(message, 'audio')) || typeof own(message, 'refusal') === 'string';
}

function calls(message: Fields): boolean {
  return toolCallsOf(message).length > 0 || isRecord(own(message, 'function_call'));
}
