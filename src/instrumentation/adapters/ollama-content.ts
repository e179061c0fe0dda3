import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import {
  functionTools,
  mediaPart,
  reasoningParts,
  textParts,
  toolCallPart,
  toolResponsePart,
  type Message,
  type Part,
} from './message-parts.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Chat messages of Ollama in the conventions' form. Instructions stay among them, as they were sent. */
export function chatContent(params: Params): RequestContent {
  return defined({
    inputMessages: list(params['messages']).filter(isRecord).map(toMessage),
    toolDefinitions: functionTools(params['tools']),
  });
}

/** A prompt of `generate` in the conventions' form. */
export function promptContent({ prompt, system, images }: Params): RequestContent {
  const instructions = textParts(system);
  return defined({
    inputMessages: [toMessage({ role: 'user', content: prompt, images })],
    systemInstructions: instructions.length > 0 ? instructions : undefined,
  });
}

/** An answer in the conventions' output form. */
export function ollamaOutput(message: UnknownRecord, reason: string | undefined): unknown {
  return [{ ...toMessage({ role: 'assistant', ...message }), finish_reason: reason ?? 'unknown' }];
}

function toMessage(message: UnknownRecord): Message {
  const role = text(message['role']) ?? 'user';
  const { content, thinking, images } = message;
  if (role === 'tool') return { role, parts: [toolResponsePart(undefined, content)] };
  return {
    role,
    parts: [
      ...reasoningParts(thinking),
      ...textParts(content),
      ...list(images).map(() => mediaPart({ modality: 'image' })),
      ...list(message['tool_calls']).map(record).map(toToolCall),
    ],
  };
}

function toToolCall(call: UnknownRecord): Part {
  const { name, arguments: args } = record(call['function']);
  return toolCallPart(undefined, name, args);
}
