import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import {
  functionTools,
  mediaPart,
  otherPart,
  reasoningParts,
  textParts,
  toolCallPart,
  toolResponsePart,
  type Message,
  type Part,
} from './message-parts.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** What of one choice of an answer Arc reads. */
export interface Choice {
  readonly message: unknown;
  readonly reason: string | undefined;
}

/**
 * Chat messages of the SDKs that write OpenAI's form in camel case (Mistral, Cohere), in the conventions' form:
 * `{ role, parts: [{ type, ... }] }`. Instructions stay among them, as they were sent.
 */
export function camelCaseContent(params: Params): RequestContent {
  return defined({
    inputMessages: list(params['messages']).filter(isRecord).map(toMessage),
    toolDefinitions: functionTools(params['tools']),
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

function toMessage(message: UnknownRecord): Message {
  const role = text(message['role']) ?? 'assistant';
  const { content, toolCallId, toolCalls } = message;
  if (role === 'tool') return { role, parts: [toolResponsePart(toolCallId, content)] };
  return { role, parts: [...toParts(content), ...list(toolCalls).map(record).map(toToolCall)] };
}

function toToolCall(call: UnknownRecord): Part {
  const { name, arguments: args } = record(call['function']);
  return toolCallPart(call['id'], name, args);
}

function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return textParts(content);
  return list(content).map(record).flatMap(toPart);
}

function toPart(part: UnknownRecord): Part[] {
  const { type, thinking, imageUrl, fileId } = part;
  switch (type) {
    case 'text':
      return [{ type: 'text', content: part['text'] }];
    case 'thinking':
      return reasoningParts(contentText(thinking));
    case 'image_url':
      return [mediaPart({ modality: 'image', uri: text(imageUrl) ?? text(record(imageUrl)['url']) })];
    case 'input_audio':
      return [mediaPart({ modality: 'audio' })];
    case 'document_url':
      return [mediaPart({ modality: 'document', uri: text(part['documentUrl']) })];
    case 'file':
      return [mediaPart({ modality: 'document', fileId: text(fileId) })];
    default:
      return [otherPart(type)];
  }
}
