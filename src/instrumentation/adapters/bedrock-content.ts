import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Converse's messages in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function converseContent(params: Params): RequestContent {
  return defined({
    inputMessages: list(params['messages'])
      .filter(isRecord)
      .map((message) => ({ role: text(message['role']) ?? 'user', parts: toParts(message['content']) })),
    systemInstructions: Array.isArray(params['system']) ? toParts(params['system']) : undefined,
    toolDefinitions: record(params['toolConfig'])['tools'],
  });
}

/** An answer of Converse in the conventions' output form. */
export function converseOutput(content: unknown, reason: string | undefined): unknown {
  return [{ role: 'assistant', parts: toParts(content), finish_reason: reason ?? 'unknown' }];
}

function toParts(content: unknown): unknown[] {
  if (typeof content === 'string') return [{ type: 'text', content }]; // models by InvokeModel, in their own form
  return list(content).map(record).map(toPart);
}

/** A block is an object whose one key says what it is. */
function toPart(block: UnknownRecord): unknown {
  const { text: words, toolUse, toolResult, reasoningContent } = block;
  if (typeof words === 'string') return { type: 'text', content: words };
  if (isRecord(toolUse)) {
    return {
      type: 'tool_call',
      id: toolUse['toolUseId'],
      name: toolUse['name'],
      arguments: toolUse['input'],
    };
  }
  if (isRecord(toolResult)) {
    return {
      type: 'tool_call_response',
      id: toolResult['toolUseId'],
      response: toParts(toolResult['content']),
    };
  }
  if (isRecord(reasoningContent)) {
    return { type: 'reasoning', content: record(reasoningContent['reasoningText'])['text'] };
  }
  if ('json' in block) return { type: 'json', content: block['json'] };
  return { type: 'blob', modality: Object.keys(block)[0], content: '[omitted]' };
}
