import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** What of one choice of an answer Arc reads. */
export interface Choice {
  readonly message: unknown;
  readonly reason: string | undefined;
}

/**
 * Chat messages of the SDKs that write OpenAI's form in camel case (Mistral, Cohere), in the conventions' form:
 * `{ role, parts: [{ type, ... }] }`.
 */
export function camelCaseContent(params: Params): RequestContent {
  const messages = list(params['messages']).filter(isRecord);
  const system = messages.filter(isSystem);
  return defined({
    inputMessages: messages.filter((message) => !isSystem(message)).map(toMessage),
    systemInstructions: system.length > 0 ? system.flatMap((message) => toMessage(message).parts) : undefined,
    toolDefinitions: Array.isArray(params['tools']) ? params['tools'] : undefined,
  });
}

/** Choices in the conventions' output form. */
export function camelCaseOutput(choices: readonly Choice[]): unknown {
  return choices.map(({ message, reason }) => ({
    ...toMessage(record(message)),
    finish_reason: reason ?? 'unknown',
  }));
}

/** The text of a content: itself, or its text parts one after another. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .map((part) => text(record(part)['text']) ?? '')
    .join('');
}

function isSystem(message: UnknownRecord): boolean {
  return message['role'] === 'system';
}

function toMessage(message: UnknownRecord) {
  const role = text(message['role']) ?? 'assistant';
  const { content, toolCallId, toolCalls } = message;
  if (role === 'tool') {
    return { role, parts: [{ type: 'tool_call_response', id: toolCallId, response: content }] };
  }
  return { role, parts: [...toParts(content), ...list(toolCalls).map(record).map(toToolCall)] };
}

function toToolCall(call: UnknownRecord) {
  const { name, arguments: args } = record(call['function']);
  return { type: 'tool_call', id: call['id'], name, arguments: args };
}

function toParts(content: unknown): unknown[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return list(content).map(record).map(toPart);
}

function toPart(part: UnknownRecord): unknown {
  switch (part['type']) {
    case 'text':
      return { type: 'text', content: part['text'] };
    case 'thinking':
      return { type: 'reasoning', content: contentText(part['thinking']) };
    default:
      return { type: 'blob', modality: part['type'], content: '[omitted]' };
  }
}
