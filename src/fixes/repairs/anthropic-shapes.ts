import {
  blocksOf,
  isInstruction,
  messagesOf,
  roleOf,
  toolCallIdOf,
  toolCallsOf,
} from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { anthropicPart } from './anthropic-part.js';
import { asObject } from './json-value.js';
import { replaceMessages } from './replace-messages.js';

/** Other words for the two roles. */
const ROLES: { readonly [role: string]: string } = {
  human: 'user',
  Human: 'user',
  ai: 'assistant',
  AI: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  Assistant: 'assistant',
  User: 'user',
};

/** Legacy calls of functions have no id: the place of the message makes one. */
const FUNCTION_ID = 'function_call_';

/**
 * Turns messages of OpenAI's APIs into Anthropic's: tool messages into results, `tool_calls` into blocks, parts into
 * blocks. What has no counterpart stays as it is.
 */
export function anthropicShapes(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  let functionId = '';
  const next = rewrite(messages, (message, index) => {
    if (!isRecord(message)) return [message];
    const role = roleOf(message);
    if (role === 'tool') return [toolMessage(message, toolCallIdOf(message))];
    if (role === 'function') return [toolMessage(message, functionId)];
    if (isRecord(own(message, 'function_call'))) functionId = FUNCTION_ID + index;
    const renamed = Object.hasOwn(ROLES, role) ? copyWith(message, 'role', ROLES[role]) : message;
    return [withCalls(withBlocks(renamed), functionId)];
  });
  return next === messages ? params : replaceMessages(params, next);
}

function toolMessage(message: Fields, id: unknown): Fields {
  if (typeof id !== 'string' || id === '') return message;
  const content = own(withBlocks(message), 'content') ?? '';
  return { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] };
}

function withBlocks(message: Fields): Fields {
  const content = own(message, 'content');
  if (isRecord(content)) return copyWith(message, 'content', [anthropicPart(content)]);
  const blocks = blocksOf(message);
  if (isInstruction(roleOf(message)) && blocks.every((block) => typeof block !== 'string')) return message;
  const next = rewrite(blocks, (block) => [anthropicPart(block)]);
  return next === blocks ? message : copyWith(message, 'content', next);
}

function withCalls(message: Fields, functionId: string): Fields {
  const legacy = own(message, 'function_call');
  const calls = [
    ...toolCallsOf(message),
    ...(isRecord(legacy) ? [{ id: functionId, function: legacy }] : []),
  ];
  if (!Object.hasOwn(message, 'tool_calls') && !Object.hasOwn(message, 'function_call')) return message;
  const bare = ['tool_calls', 'function_call'].reduce(copyWithout, message);
  if (roleOf(message) !== 'assistant' || calls.length === 0) return bare;
  const content = own(message, 'content');
  const text = typeof content === 'string' && content.trim() !== '' ? [{ type: 'text', text: content }] : [];
  return copyWith(bare, 'content', [...text, ...listOf(content), ...calls.map(toCall)]);
}

function toCall(call: unknown): Fields {
  const target = own(call, 'function') ?? call;
  return {
    type: 'tool_use',
    id: own(call, 'id'),
    name: own(target, 'name'),
    input: asObject(own(target, 'arguments')),
  };
}
