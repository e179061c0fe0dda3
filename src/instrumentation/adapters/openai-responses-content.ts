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
import { defined, list, record, text, type UnknownRecord } from './shape.js';

/** The input of a Responses request in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function responsesContent(params: Params): RequestContent {
  const { input, instructions, tools } = params;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : list(input);
  const system = textParts(instructions);
  return defined({
    inputMessages: items.map(record).map(toMessage),
    systemInstructions: system.length > 0 ? system : undefined,
    toolDefinitions: functionTools(tools),
  });
}

/** The output items of an answer in the conventions' output form: one message with all parts. */
export function responsesOutput(items: readonly unknown[], reason: string | undefined): unknown {
  const parts = items.map(record).flatMap((item) => toMessage(item).parts);
  return [{ role: 'assistant', parts, finish_reason: reason ?? 'unknown' }];
}

function toMessage(item: UnknownRecord): Message {
  switch (item['type']) {
    case 'function_call':
    case 'custom_tool_call': {
      const { call_id: id, name, arguments: args, input } = item;
      return { role: 'assistant', parts: [toolCallPart(id, name, args ?? input)] };
    }
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { role: 'tool', parts: [toolResponsePart(item['call_id'], item['output'])] };
    case 'reasoning':
      return {
        role: 'assistant',
        parts: list(item['summary']).flatMap((summary) => reasoningParts(record(summary)['text'])),
      };
    case 'message':
    case undefined:
      return { role: text(item['role']) ?? 'user', parts: toParts(item['content']) };
    default:
      return { role: 'assistant', parts: [toServerPart(item)] };
  }
}

/** Tools that OpenAI runs, named by the type of their item: `web_search_call`, `file_search_call` and so on. */
function toServerPart({ type, id }: UnknownRecord): Part {
  const name = /^(.+)_call$/.exec(text(type) ?? '')?.[1];
  if (name === undefined) return otherPart(type);
  return { type: 'server_tool_call', ...defined({ id }), name, server_tool_call: { type: name } };
}

function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return textParts(content);
  return list(content).map(record).map(toPart);
}

function toPart(part: UnknownRecord): Part {
  const { type, text: words, image_url: image, file_id: file, file_url: address } = part;
  if (typeof words === 'string') return { type: 'text', content: words };
  const fileId = text(file);
  switch (type) {
    case 'refusal':
      return { type: 'refusal', content: part['refusal'] };
    case 'input_image':
      return mediaPart({ modality: 'image', uri: text(image), fileId });
    case 'input_file':
      return mediaPart({ modality: 'document', uri: text(address), fileId });
    case 'input_audio':
      return mediaPart({ modality: 'audio' });
    default:
      return otherPart(type);
  }
}
