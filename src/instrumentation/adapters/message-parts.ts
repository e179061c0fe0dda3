import { defined, isRecord, text, type UnknownRecord } from './shape.js';

/**
 * Parts of messages as the conventions' JSON schemas have them.
 * @see gen-ai-input-messages.json and its siblings in open-telemetry/semantic-conventions-genai
 */
export interface Part {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A message of a request or an answer. */
export interface Message {
  readonly role: string;
  readonly parts: readonly Part[];
}

/** Stands for the bytes of a file: they are named and never copied. */
const OMITTED = '[omitted]';

/** What somebody or the model says; none for an empty text. */
export function textParts(content: unknown): Part[] {
  return typeof content === 'string' && content !== '' ? [{ type: 'text', content }] : [];
}

/** What a model thinks before it answers; none where it does not tell. */
export function reasoningParts(content: unknown): Part[] {
  return typeof content === 'string' && content !== '' ? [{ type: 'reasoning', content }] : [];
}

/** A call of a tool the model asks for. Arguments that come as JSON text are told as what they say. */
export function toolCallPart(id: unknown, name: unknown, args: unknown): Part {
  return {
    type: 'tool_call',
    ...defined({ id, name: text(name) ?? 'unknown', arguments: parsedArguments(args) }),
  };
}

/** What a tool gave back. */
export function toolResponsePart(id: unknown, response: unknown): Part {
  return { type: 'tool_call_response', ...defined({ id }), response: response ?? null };
}

/** A file: where it is when it was sent by address or id, and what it is. */
export interface Media {
  /** `image`, `audio`, `video` or `document`, or what the provider calls it. */
  readonly modality: string;
  readonly mimeType?: string | undefined;
  /** An address; a data URL counts as the bytes it holds. */
  readonly uri?: string | undefined;
  readonly fileId?: string | undefined;
  /** What is said in a recording. */
  readonly transcript?: string | undefined;
}

/** A file among the parts. */
export function mediaPart({ modality, mimeType, uri, fileId, transcript }: Media): Part {
  const type = mimeType ?? /^data:([^;,]+)/.exec(uri ?? '')?.[1];
  const about = { modality, ...defined({ mime_type: type, transcript }) };
  if (fileId !== undefined) return { type: 'file', ...about, file_id: fileId };
  const isAddress = uri !== undefined && !uri.startsWith('data:');
  return isAddress ? { type: 'uri', ...about, uri } : { type: 'blob', ...about, content: OMITTED };
}

/** A part of a kind the conventions have no words for: its name, and nothing of what is in it. */
export function otherPart(type: unknown): Part {
  return { type: text(type) ?? 'unknown' };
}

/** The modality a media type belongs to. */
export function modalityOfType(mimeType: string | undefined): string | undefined {
  const family = mimeType?.split('/')[0];
  if (family === undefined) return undefined;
  return ['image', 'audio', 'video'].includes(family) ? family : 'document';
}

/** A tool in the conventions' form. */
export function toolDefinition(tool: UnknownRecord, parameters: unknown): Part {
  const { name, description, type } = tool;
  return { type: text(type) ?? 'function', ...defined({ name: text(name), description, parameters }) };
}

/**
 * Tools as OpenAI's chat writes them and many after it: `{ type: 'function', function: { name, ... } }`. Tools the
 * provider itself runs have a type alone, which is then their name.
 */
export function functionTools(tools: unknown): readonly Part[] | undefined {
  if (!Array.isArray(tools)) return undefined;
  return tools.filter(isRecord).map((tool): Part => {
    const own = tool['function'] ?? tool['custom'];
    const type = text(tool['type']) ?? 'function';
    if (isRecord(own)) return toolDefinition({ ...own, type }, own['parameters']);
    return toolDefinition({ ...tool, name: tool['name'] ?? type }, tool['parameters']);
  });
}

function parsedArguments(args: unknown): unknown {
  if (typeof args !== 'string' || !args.startsWith('{')) return args;
  try {
    return JSON.parse(args) as unknown;
  } catch {
    return args; // cut off, most likely: what there is says more than nothing
  }
}
