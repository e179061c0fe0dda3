import { blocksOf, callsTools, messagesOf, roleOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import type { Fields } from '../copy.js';
import { replaceMessages } from './replace-messages.js';
import { userMessage } from './start-with-user.js';

/** What makes the model go on from the beginning of an answer it may not be given as its own. */
const GO_ON = 'Continue right after your last words, without repeating them.';

/**
 * Lets a conversation end with the user where it ends with the beginning of an answer: a beginning that says nothing goes,
 * after any other the user asks to go on. A final message that calls tools is left alone.
 */
export function askToGoOn(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const last = messages.at(-1);
  if (roleOf(last) !== 'assistant' || callsTools(last) || hasOtherBlocks(last)) return params;
  const end =
    messages.findLastIndex((message) => roleOf(message) !== 'assistant' || !saysNothing(message)) + 1;
  if (end === 0) return params;
  const kept = end === messages.length ? messages : messages.slice(0, end);
  const isDone = roleOf(kept.at(-1)) !== 'assistant' || callsTools(kept.at(-1));
  return replaceMessages(params, isDone ? kept : [...kept, userMessage(api, GO_ON)]);
}

function saysNothing(message: unknown): boolean {
  const content = own(message, 'content') ?? '';
  if (typeof content === 'string') return content.trim() === '';
  return Array.isArray(content) && blocksOf(message).every(isBlank);
}

function isBlank(block: unknown): boolean {
  const text = own(block, 'text');
  return typeof text === 'string' && text.trim() === '';
}

/** Work of the provider's own tools, which goes on from the assistant's message. */
function hasOtherBlocks(message: unknown): boolean {
  return blocksOf(message).some((block) => {
    if (typeof own(block, 'text') === 'string' || isRecord(own(block, 'reasoningContent'))) return false;
    const type = own(block, 'type');
    return type !== 'thinking' && type !== 'redacted_thinking';
  });
}
