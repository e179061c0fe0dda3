import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import { defined, list, record, text, type UnknownRecord } from './shape.js';

/** The input of a Responses request in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function responsesContent(params: Params): RequestContent {
  const { input, instructions, tools } = params;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : list(input);
  return defined({
    inputMessages: items.map(record).map(toMessage),
    systemInstructions:
      typeof instructions === 'string' ? [{ type: 'text', content: instructions }] : undefined,
    toolDefinitions: Array.isArray(tools) ? tools : undefined,
  });
}

/** The output items of an answer in the conventions' output form: one message with all parts. */
export function responsesOutput(items: readonly unknown[], reason: string | undefined): unknown {
  const parts = items.map(record).flatMap((item) => toMessage(item).parts);
  return [{ role: 'assistant', parts, finish_reason: reason ?? 'unknown' }];
}

function toMessage(item: UnknownRecord): { readonly role: string; readonly parts: readonly unknown[] } {
  switch (item['type']) {
    case 'function_call': {
      const { call_id: id, name, arguments: args } = item;
      return { role: 'assistant', parts: [{ type: 'tool_call', id, name, arguments: args }] };
    }
    case 'function_call_output': {
      const { call_id: id, output: response } = item;
      return { role: 'tool', parts: [{ type: 'tool_call_response', id, response }] };
    }
    case 'reasoning':
      return { role: 'assistant', parts: list(item['summary']).map(record).map(toReasoning) };
    case 'message':
    case undefined:
      return { role: text(item['role']) ?? 'user', parts: toParts(item['content']) };
    default:
      return { role: 'assistant', parts: [{ type: 'blob', modality: item['type'], content: '[omitted]' }] };
  }
}

function toReasoning(summary: UnknownRecord): unknown {
  return { type: 'reasoning', content: summary['text'] };
}

function toParts(content: unknown): unknown[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return list(content)
    .map(record)
    .map((part) => {
      if (typeof part['text'] === 'string') return { type: 'text', content: part['text'] };
      return { type: 'blob', modality: part['type'], content: '[omitted]' };
    });
}
