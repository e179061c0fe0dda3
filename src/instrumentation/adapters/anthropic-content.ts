import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Messages in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function anthropicContent(params: Params): RequestContent {
  const system = params['system'];
  return defined({
    inputMessages: list(params['messages'])
      .filter(isRecord)
      .map((message) => ({ role: text(message['role']) ?? 'user', parts: toParts(message['content']) })),
    systemInstructions: system === undefined ? undefined : toParts(system),
    toolDefinitions: Array.isArray(params['tools']) ? params['tools'] : undefined,
  });
}

/** An answer in the conventions' output form. */
export function anthropicOutput(content: readonly unknown[], reason: string | undefined): unknown {
  return [{ role: 'assistant', parts: toParts(content), finish_reason: reason ?? 'unknown' }];
}

function toParts(content: unknown): unknown[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return list(content).map(record).map(toPart);
}

function toPart(block: UnknownRecord): unknown {
  switch (block['type']) {
    case 'text':
      return { type: 'text', content: block['text'] };
    case 'thinking':
      return { type: 'reasoning', content: block['thinking'] };
    case 'tool_use':
      return { type: 'tool_call', id: block['id'], name: block['name'], arguments: block['input'] };
    case 'tool_result':
      return { type: 'tool_call_response', id: block['tool_use_id'], response: block['content'] };
    default:
      return { type: 'blob', modality: block['type'], content: '[omitted]' };
  }
}
