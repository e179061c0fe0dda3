import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Chat messages of Ollama in the conventions' form. */
export function chatContent(params: Params): RequestContent {
  const messages = list(params['messages']).filter(isRecord);
  const system = messages.filter(isSystem);
  return defined({
    inputMessages: messages.filter((message) => !isSystem(message)).map(toMessage),
    systemInstructions: system.length > 0 ? system.flatMap((message) => toMessage(message).parts) : undefined,
    toolDefinitions: Array.isArray(params['tools']) ? params['tools'] : undefined,
  });
}

/** A prompt of `generate` in the conventions' form. */
export function promptContent({ prompt, system, images }: Params): RequestContent {
  return defined({
    inputMessages: [toMessage({ role: 'user', content: prompt, images })],
    systemInstructions: text(system) === undefined ? undefined : [{ type: 'text', content: system }],
  });
}

/** An answer in the conventions' output form. */
export function ollamaOutput(message: UnknownRecord, reason: string | undefined): unknown {
  return [{ ...toMessage({ role: 'assistant', ...message }), finish_reason: reason ?? 'unknown' }];
}

function isSystem({ role }: UnknownRecord): boolean {
  return role === 'system';
}

/** A message of the conventions. */
interface Message {
  readonly role: string;
  readonly parts: readonly unknown[];
}

function toMessage(message: UnknownRecord): Message {
  const role = text(message['role']) ?? 'user';
  const content = text(message['content']) ?? '';
  if (role === 'tool') {
    return { role, parts: [{ type: 'tool_call_response', response: content }] };
  }
  const thinking = text(message['thinking']) ?? '';
  return {
    role,
    parts: [
      ...(thinking === '' ? [] : [{ type: 'reasoning', content: thinking }]),
      ...(content === '' ? [] : [{ type: 'text', content }]),
      ...list(message['images']).map(() => ({ type: 'blob', modality: 'image', content: '[omitted]' })),
      ...list(message['tool_calls']).map(record).map(toToolCall),
    ],
  };
}

function toToolCall(call: UnknownRecord) {
  const { name, arguments: args } = record(call['function']);
  return { type: 'tool_call', name, arguments: args };
}
