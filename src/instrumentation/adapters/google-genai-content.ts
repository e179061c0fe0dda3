import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
import {
  mediaPart,
  modalityOfType,
  otherPart,
  toolCallPart,
  toolDefinition,
  toolResponsePart,
  type Message,
  type Part,
} from './message-parts.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** One candidate of an answer. */
export interface Answer {
  readonly parts: readonly unknown[];
  readonly reason: string | undefined;
}

/** Contents in the conventions' form: `{ role, parts: [{ type, ... }] }`. */
export function googleContent(params: Params): RequestContent {
  const { systemInstruction, tools } = record(params['config']);
  return defined({
    inputMessages: toMessages(params['contents']),
    systemInstructions:
      systemInstruction === undefined
        ? undefined
        : toMessages(systemInstruction).flatMap((message) => message.parts),
    toolDefinitions: Array.isArray(tools) ? tools.map(record).flatMap(toDefinitions) : undefined,
  });
}

/** Candidates in the conventions' output form. The texts of a stream's chunks become one. */
export function googleOutput(answers: readonly Answer[]): unknown {
  return answers.map(({ parts, reason }) => ({
    role: 'assistant',
    parts: joinTexts(parts.map(toPart)),
    finish_reason: reason ?? 'unknown',
  }));
}

/** The SDK takes a text, a part, a content, or a list of them; parts that follow one another are one message. */
function toMessages(contents: unknown): readonly Message[] {
  const messages: { role: string; parts: Part[] }[] = [];
  let loose: Part[] | undefined;
  for (const item of Array.isArray(contents) ? list(contents) : [contents]) {
    const content = record(item);
    if (Array.isArray(content['parts'])) {
      loose = undefined;
      messages.push({ role: roleOf(content['role']), parts: list(content['parts']).map(toPart) });
    } else {
      if (!loose) messages.push({ role: 'user', parts: (loose = []) });
      loose.push(toPart(item));
    }
  }
  return messages;
}

function roleOf(role: unknown): string {
  return role === 'model' ? 'assistant' : (text(role) ?? 'user');
}

function toPart(value: unknown): Part {
  if (typeof value === 'string') return { type: 'text', content: value };
  const part = record(value);
  if (typeof part['text'] === 'string') {
    return { type: part['thought'] === true ? 'reasoning' : 'text', content: part['text'] };
  }
  return toToolPart(part) ?? toMedia(part);
}

function toToolPart({ functionCall, functionResponse }: UnknownRecord): Part | undefined {
  if (isRecord(functionCall)) {
    return toolCallPart(functionCall['id'], functionCall['name'], functionCall['args']);
  }
  if (!isRecord(functionResponse)) return undefined;
  return toolResponsePart(functionResponse['id'], functionResponse['response']);
}

/** Files, by address or as bytes; code and whatever comes next by its name. */
function toMedia(part: UnknownRecord): Part {
  const { inlineData, fileData } = part;
  if (!isRecord(inlineData) && !isRecord(fileData)) return otherPart(Object.keys(part)[0]);
  const { mimeType: type, fileUri } = record(inlineData ?? fileData);
  const mimeType = text(type);
  return mediaPart({ modality: modalityOfType(mimeType) ?? 'unknown', mimeType, uri: text(fileUri) });
}

/** Declared functions one by one; the tools Google runs have one key, which is their name. */
function toDefinitions(tool: UnknownRecord): Part[] {
  const { functionDeclarations, ...own } = tool;
  const declared = list(functionDeclarations)
    .map(record)
    .map((one) =>
      toolDefinition({ ...one, type: 'function' }, one['parametersJsonSchema'] ?? one['parameters']),
    );
  return [...declared, ...Object.keys(own).map((name) => toolDefinition({ type: name, name }, undefined))];
}

function joinTexts(parts: readonly Part[]): readonly Part[] {
  const joined: { type: string; [field: string]: unknown }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isText = part.type === 'text' || part.type === 'reasoning';
    if (isText && last?.type === part.type)
      last['content'] = `${String(last['content'])}${String(part['content'])}`;
    else joined.push({ ...part });
  }
  return joined;
}
