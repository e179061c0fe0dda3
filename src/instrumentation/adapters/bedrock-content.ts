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

/** Converse's messages in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function converseContent(params: Params): RequestContent {
  const { system, toolConfig } = params;
  const { tools } = record(toolConfig);
  return defined({
    inputMessages: list(params['messages'])
      .filter(isRecord)
      .map((message) => ({ role: text(message['role']) ?? 'user', parts: toParts(message['content']) })),
    systemInstructions: Array.isArray(system) ? toParts(system) : undefined,
    toolDefinitions: Array.isArray(tools) ? tools.map(record).flatMap(toDefinition) : undefined,
  });
}

/** An answer of Converse in the conventions' output form. */
export function converseOutput(content: unknown, reason: string | undefined): unknown {
  return [{ role: 'assistant', parts: toParts(content), finish_reason: reason ?? 'unknown' }];
}

function toDefinition({ toolSpec, systemTool }: UnknownRecord): Part[] {
  if (isRecord(toolSpec)) return [toolDefinition(toolSpec, record(toolSpec['inputSchema'])['json'])];
  return isRecord(systemTool) ? [toolDefinition({ ...systemTool, type: 'system' }, undefined)] : [];
}

function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return textParts(content); // models by InvokeModel, in their own form
  return list(content).map(record).map(toPart);
}

const MEDIA = ['image', 'audio', 'video', 'document'];

/** A block is an object whose one key says what it is. */
function toPart(block: UnknownRecord): Part {
  const { text: words, toolUse, toolResult, reasoningContent } = block;
  if (typeof words === 'string') return { type: 'text', content: words };
  if (isRecord(toolUse)) return toolCallPart(toolUse['toolUseId'], toolUse['name'], toolUse['input']);
  if (isRecord(toolResult)) return toolResponsePart(toolResult['toolUseId'], toParts(toolResult['content']));
  const thought = text(record(record(reasoningContent)['reasoningText'])['text']);
  if (thought !== undefined) return { type: 'reasoning', content: thought };
  if ('json' in block) return { type: 'json', content: block['json'] };
  const [kind] = Object.keys(block);
  if (kind === undefined || !MEDIA.includes(kind)) return otherPart(kind);
  const { s3Location } = record(record(block[kind])['source']);
  return mediaPart({ modality: kind, uri: text(record(s3Location)['uri']) });
}
