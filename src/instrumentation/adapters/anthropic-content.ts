import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import {
  mediaPart,
  otherPart,
  textParts,
  toolCallPart,
  toolDefinition,
  toolResponsePart,
  type Part,
} from './message-parts.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Messages in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function anthropicContent(params: Params): RequestContent {
  const { system, tools } = params;
  return defined({
    inputMessages: list(params['messages'])
      .filter(isRecord)
      .map((message) => ({ role: text(message['role']) ?? 'user', parts: toParts(message['content']) })),
    systemInstructions: system === undefined ? undefined : toParts(system),
    toolDefinitions: Array.isArray(tools) ? tools.filter(isRecord).map(toDefinition) : undefined,
  });
}

/** An answer in the conventions' output form. */
export function anthropicOutput(content: readonly unknown[], reason: string | undefined): unknown {
  return [{ role: 'assistant', parts: toParts(content), finish_reason: reason ?? 'unknown' }];
}

/** Tools of the caller have no type of their own, or `custom`. */
function toDefinition(tool: UnknownRecord): Part {
  const type = tool['type'] === 'custom' ? 'function' : tool['type'];
  return toolDefinition({ ...tool, type, name: tool['name'] ?? type }, tool['input_schema']);
}

function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return textParts(content);
  return list(content).map(record).map(toPart);
}

function toPart(block: UnknownRecord): Part {
  const { type, id, name, tool_use_id: answered } = block;
  switch (type) {
    case 'text':
      return { type: 'text', content: block['text'] };
    case 'thinking':
      return { type: 'reasoning', content: block['thinking'] };
    case 'tool_use':
      return toolCallPart(id, name, block['input']);
    case 'tool_result':
      return toolResponsePart(answered, block['content']);
    case 'server_tool_use':
      return {
        type: 'server_tool_call',
        id,
        name,
        server_tool_call: { type: name, ...defined({ input: block['input'] }) },
      };
    case 'image':
    case 'document':
      return toMedia(type, record(block['source']));
    default:
      return toOther(type, answered);
  }
}

/** Results of the tools Anthropic runs are told without what is in them: pages of the web, most often. */
function toOther(type: unknown, answered: unknown): Part {
  const isResult = typeof type === 'string' && type.endsWith('_tool_result');
  if (!isResult) return otherPart(type);
  return { type: 'server_tool_call_response', id: answered, server_tool_call_response: { type } };
}

function toMedia(modality: string, { url, media_type: mimeType, file_id: fileId }: UnknownRecord): Part {
  return mediaPart({ modality, mimeType: text(mimeType), uri: text(url), fileId: text(fileId) });
}
