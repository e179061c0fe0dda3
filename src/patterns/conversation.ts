import type { Params } from '../contract/request.js';
import { listOf, own } from './own.js';

/** APIs whose requests Arc reads in full. */
export const OPENAI_CHAT = 'openai.chat.completions';
export const ANTHROPIC_MESSAGES = 'anthropic.messages';
export const BEDROCK_CONVERSE = 'aws.bedrock.converse';

/** APIs whose SDKs write OpenAI's messages in camel case. */
export const CAMEL_CASE_APIS: readonly string[] = ['mistral.chat', 'mistral.agents', 'cohere.chat'];

/** The messages of a request, or an empty list. */
export function messagesOf(params: Params): readonly unknown[] {
  return listOf(own(params, 'messages'));
}

/** A message's role, or an empty text. */
export function roleOf(message: unknown): string {
  const role = own(message, 'role');
  return typeof role === 'string' ? role : '';
}

/** A message's content blocks or parts, or an empty list when the content is a text or absent. */
export function blocksOf(message: unknown): readonly unknown[] {
  return listOf(own(message, 'content'));
}

/** A block's `type`, or an empty text. */
export function typeOf(block: unknown): string {
  const type = own(block, 'type');
  return typeof type === 'string' ? type : '';
}

/** The text of a content: itself, or its text parts joined by line breaks. Images and tool traffic are not text. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content).map(blockText).filter(Boolean).join('\n');
}

/**
 * Gives away, one by one, the texts {@link textOf} would join: no empty ones.
 * @returns whether there was any.
 */
export function eachTextOf(content: unknown, take: (text: string) => void): boolean {
  if (typeof content === 'string') {
    if (content !== '') take(content);
    return content !== '';
  }
  let found = false;
  for (const block of listOf(content)) {
    const text = blockText(block);
    if (text === '') continue;
    found = true;
    take(text);
  }
  return found;
}

/** True for the roles that carry instructions: `system`, and OpenAI's `developer`. */
export function isInstruction(role: string): boolean {
  return role === 'system' || role === 'developer';
}

/** True when an assistant message carries signed thinking, which providers refuse in altered form. */
export function hasThinking(message: unknown): boolean {
  return blocksOf(message).some((block) => {
    const type = typeOf(block);
    return type === 'thinking' || type === 'redacted_thinking';
  });
}

/** The calls of an assistant message in OpenAI's form, also in camel case. */
export function toolCallsOf(message: unknown): readonly unknown[] {
  return listOf(own(message, 'tool_calls') ?? own(message, 'toolCalls'));
}

/** Which call a `tool` message answers, also in camel case. */
export function toolCallIdOf(message: unknown): unknown {
  return own(message, 'tool_call_id') ?? own(message, 'toolCallId');
}

/** True when a message calls tools, in any of the shapes: `tool_calls`, `function_call`, `tool_use` blocks. */
export function callsTools(message: unknown): boolean {
  if (toolCallsOf(message).length > 0) return true;
  if (typeof own(message, 'function_call') === 'object' && own(message, 'function_call') !== null)
    return true;
  return blocksOf(message).some((block) => typeOf(block) === 'tool_use');
}

/** True for a text block without any visible character. */
export function isEmptyText(block: unknown): boolean {
  const text = own(block, 'text');
  return typeOf(block) === 'text' && typeof text === 'string' && text.trim() === '';
}

/**
 * True for a message that says nothing and that providers may refuse: no text, no other block, no tool call. A tool's
 * empty answer and an assistant's null content beside tool calls, a refusal or audio are healthy.
 */
export function isEmptyMessage(message: unknown): boolean {
  const role = roleOf(message);
  if (role !== 'user' && role !== 'assistant') return false;
  if (callsTools(message) || own(message, 'refusal') || own(message, 'audio')) return false;
  const content = own(message, 'content');
  if (content === undefined || content === null) return true;
  if (typeof content === 'string') return content.trim() === '';
  return Array.isArray(content) && listOf(content).every(isEmptyText);
}

function blockText(block: unknown): string {
  if (typeof block === 'string') return block;
  const text = own(block, 'text');
  return typeof text === 'string' ? text : '';
}
