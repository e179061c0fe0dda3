import { BEDROCK_CONVERSE, isInstruction, messagesOf, roleOf } from '../../patterns/conversation.js';
import type { Fields } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Stands for what the user said before the conversation was cut. */
const OPENING = '(The conversation starts here.)';

/** Puts a user message in front of a conversation that starts with the assistant. Nothing the assistant said is lost. */
export function startWithUser(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const first = messages.findIndex((message) => !isInstruction(roleOf(message)));
  if (first < 0 || roleOf(messages[first]) !== 'assistant') return params;
  return replaceMessages(params, [
    ...messages.slice(0, first),
    userMessage(api, OPENING),
    ...messages.slice(first),
  ]);
}

/** A user message of one text, in the form of the API. */
export function userMessage(api: string, text: string): Fields {
  return { role: 'user', content: api === BEDROCK_CONVERSE ? [{ text }] : text };
}
