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

/** The part of a choice Arc reads. */
export interface OpenAiChoice {
  readonly message?: unknown;
  readonly finish_reason?: unknown;
}

/**
 * Chat messages in the conventions' form: `{ role, parts: [{ type, ... }] }`. Instructions stay among them: as system
 * instructions the conventions take only what an API keeps apart from the messages.
 */
export function openaiContent(params: Params): RequestContent {
  return defined({
    inputMessages: list(params['messages']).filter(isRecord).map(toMessage),
    toolDefinitions: functionTools(params['tools']),
  });
}

/** Choices in the conventions' output form. */
export function openaiOutput(choices: readonly OpenAiChoice[]): unknown {
  return choices.map((choice) => ({
    ...toMessage(record(choice.message)),
    finish_reason: text(choice.finish_reason) ?? 'unknown',
  }));
}

function toMessage(message: UnknownRecord): Message {
  const role = text(message['role']) ?? 'assistant';
  if (role === 'tool') {
    return { role, parts: [toolResponsePart(message['tool_call_id'], message['content'])] };
  }
  const { reasoning, reasoning_content: thoughts, refusal, audio, tool_calls: calls } = message;
  return {
    role,
    parts: [
      ...reasoningParts(thoughts ?? reasoning), // of the providers that speak OpenAI's protocol and show them
      ...toParts(message['content']),
      ...(typeof refusal === 'string' ? [{ type: 'refusal', content: refusal }] : []),
      ...(isRecord(audio) ? [mediaPart({ modality: 'audio', transcript: text(audio['transcript']) })] : []),
      ...list(calls).map(record).map(toToolCall),
    ],
  };
}

function toToolCall(call: UnknownRecord): Part {
  const { name, arguments: args, input } = record(call['function'] ?? call['custom']);
  return toolCallPart(call['id'], name, args ?? input);
}

function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return textParts(content);
  return list(content).map(record).map(toPart);
}

function toPart(part: UnknownRecord): Part {
  switch (part['type']) {
    case 'text':
      return { type: 'text', content: part['text'] };
    case 'refusal':
      return { type: 'refusal', content: part['refusal'] };
    case 'image_url':
      return mediaPart({ modality: 'image', uri: text(record(part['image_url'])['url']) });
    case 'input_audio':
      return mediaPart({ modality: 'audio' });
    case 'file':
      return mediaPart({ modality: 'document', fileId: text(record(part['file'])['file_id']) });
    default:
      return otherPart(part['type']);
  }
}
