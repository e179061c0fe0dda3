import { messagesOf, roleOf, toolCallsOf } from '../../patterns/conversation.js';
import { own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Stands for reasoning that was not kept; some servers take an empty text for none. */
const NOT_KEPT = ' ';

/** Where a tool is called in the conversation, gives the assistant's messages the `reasoning_content` they lack. */
export function addReasoningContent(_api: string, params: Fields): Fields {
  if (!messagesOf(params).some((message) => toolCallsOf(message).length > 0)) return params;
  return eachMessage(params, (message) => {
    if (roleOf(message) !== 'assistant' || (own(message, 'reasoning_content') ?? '') !== '') return message;
    const reasoning = own(message, 'reasoning');
    return copyWith(
      message,
      'reasoning_content',
      typeof reasoning === 'string' && reasoning !== '' ? reasoning : NOT_KEPT,
    );
  });
}

/** Removes the reasoning of earlier answers where it has another name than `reasoning`. */
export function dropReasoningContent(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    ['reasoning_content', 'reasoning_details'].reduce<Fields>(copyWithout, message),
  );
}

/** Removes the reasoning of earlier answers. */
export function dropReasoning(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    ['reasoning', 'reasoning_content', 'reasoning_details'].reduce<Fields>(copyWithout, message),
  );
}
