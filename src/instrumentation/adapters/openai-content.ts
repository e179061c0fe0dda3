import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import { defined, isRecord, list, record, text } from './shape.js';

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
    toolDefinitions: Array.isArray(params['tools']) ? params['tools'] : undefined,
  });
}

/** Choices in the conventions' output form. */
export function openaiOutput(choices: readonly OpenAiChoice[]): unknown {
  return choices.map((choice) => ({
    ...toMessage(record(choice.message)),
    finish_reason: text(choice.finish_reason) ?? 'unknown',
  }));
}

function toMessage(message: Readonly<Record<string, unknown>>) {
  const role = text(message['role']) ?? 'assistant';
  if (role === 'tool') {
    return {
      role,
      parts: [{ type: 'tool_call_response', id: message['tool_call_id'], response: message['content'] }],
    };
  }
  const calls = list(message['tool_calls']).map(record).map(toToolCall);
  return { role, parts: [...toParts(message['content']), ...calls] };
}

function toToolCall(call: Readonly<Record<string, unknown>>) {
  const { name, arguments: args } = record(call['function']);
  return { type: 'tool_call', id: call['id'], name, arguments: args };
}

function toParts(content: unknown): unknown[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return list(content)
    .map(record)
    .map((part) => {
      if (part['type'] === 'text') return { type: 'text', content: part['text'] };
      return { type: 'blob', modality: part['type'], content: '[omitted]' };
    });
}
