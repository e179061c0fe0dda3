import {
  ANTHROPIC_MESSAGES,
  hasThinking,
  isInstruction,
  messagesOf,
  roleOf,
  textOf,
  typeOf,
} from '../patterns/conversation.js';
import { isRecord, listOf, own } from '../patterns/own.js';
import { OPENAI_RESPONSES, itemsOfInput } from '../patterns/responses/items.js';
import { type Fields, copyWith, listWith } from './copy.js';

/** A text to add to a prompt, and where. */
export interface PromptAddition {
  readonly role: 'system' | 'user';
  readonly text: string;
  readonly place: 'before' | 'after';
}

/** Stands between an added text and the one that was there. */
const GAP = '\n\n';

/**
 * Adds a text to the instructions or to the last user message. A prompt that holds the text already is left alone, which
 * makes a second application a no-op; so is a message with signed thinking.
 */
export function addToPrompt(api: string, params: Fields, addition: PromptAddition): Fields {
  if (api === OPENAI_RESPONSES) return addToResponse(params, addition);
  const messages = messagesOf(params);
  if (addition.role === 'user') {
    const index = messages.findLastIndex((message) => roleOf(message) === 'user');
    return index < 0 ? params : addToMessage(params, index, addition);
  }
  if (api === ANTHROPIC_MESSAGES) return addToSystem(params, addition);
  const instructions = messages.filter((message) => isInstruction(roleOf(message)));
  if (instructions.some((message) => holds(own(message, 'content'), addition.text))) return params;
  const index = messages.findIndex((message) => isInstruction(roleOf(message)));
  if (index >= 0) return addToMessage(params, index, addition);
  if (!Array.isArray(params['messages'])) return params;
  return copyWith(params, 'messages', [{ role: 'system', content: addition.text }, ...messages]);
}

/** Responses: the prompt of the user is a text or items, that of the system the instructions beside them. */
function addToResponse(params: Fields, addition: PromptAddition): Fields {
  const field = addition.role === 'user' ? 'input' : 'instructions';
  const value = params[field];
  if (field === 'instructions' || typeof value === 'string') {
    const next = (value ?? '') === '' ? addition.text : addToContent(value, addition);
    return next === value ? params : copyWith(params, field, next);
  }
  const items = itemsOfInput(params);
  const index = items.findLastIndex((item) => roleOf(item) === 'user');
  const item = items[index];
  if (!isRecord(item)) return params;
  const content = own(item, 'content');
  const next = addToContent(content, addition, 'input_text');
  return next === content
    ? params
    : copyWith(params, field, listWith(items, index, copyWith(item, 'content', next)));
}

/** Anthropic keeps the instructions beside the messages. */
function addToSystem(params: Fields, addition: PromptAddition): Fields {
  const system = params['system'];
  const next = (system ?? '') === '' ? addition.text : addToContent(system, addition);
  return next === system ? params : copyWith(params, 'system', next);
}

function addToMessage(params: Fields, index: number, addition: PromptAddition): Fields {
  const messages = messagesOf(params);
  const message = messages[index];
  if (!isRecord(message) || hasThinking(message)) return params;
  const content = own(message, 'content');
  const next = addToContent(content, addition);
  return next === content
    ? params
    : copyWith(params, 'messages', listWith(messages, index, copyWith(message, 'content', next)));
}

/** The content with the text added; a content that is neither text nor blocks comes back as it is. */
function addToContent(content: unknown, { text, place }: PromptAddition, type = 'text'): unknown {
  if (holds(content, text)) return content;
  if (typeof content === 'string') {
    if (content === '') return text;
    return place === 'before' ? text + GAP + content : content + GAP + text;
  }
  if (!Array.isArray(content)) return content;
  const blocks = listOf(content);
  const block = { type, text };
  // A new block at the end keeps every cached prefix; tool results must stay in front of any text.
  const at =
    place === 'after' ? blocks.length : blocks.findLastIndex((item) => typeOf(item) === 'tool_result') + 1;
  return [...blocks.slice(0, at), block, ...blocks.slice(at)];
}

function holds(content: unknown, text: string): boolean {
  return textOf(content).includes(text);
}
