import type { Params } from '../../contract/request.js';
import type { RequestContent } from './adapter.js';
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
    toolDefinitions: Array.isArray(tools) ? tools : undefined,
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

interface Part {
  readonly type: string;
  readonly content?: unknown;
}

interface Message {
  readonly role: string;
  readonly parts: readonly Part[];
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
  return toToolPart(part) ?? toBlob(part);
}

function toToolPart({ functionCall, functionResponse }: UnknownRecord): Part | undefined {
  if (isRecord(functionCall)) {
    const { id, name, args } = functionCall;
    return { type: 'tool_call', ...defined({ id, name, arguments: args }) };
  }
  if (!isRecord(functionResponse)) return undefined;
  const { id, response } = functionResponse;
  return { type: 'tool_call_response', ...defined({ id, response }) };
}

/** Media, code and whatever comes next: what it is, without the bytes. */
function toBlob(part: UnknownRecord): Part {
  const data = record(part['inlineData'] ?? part['fileData']);
  const modality = text(data['mimeType'])?.split('/')[0] ?? Object.keys(part)[0];
  return { type: 'blob', ...defined({ modality }), content: '[omitted]' };
}

function joinTexts(parts: readonly Part[]): readonly Part[] {
  const joined: { type: string; content?: unknown }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isText = part.type === 'text' || part.type === 'reasoning';
    if (isText && last?.type === part.type) last.content = `${String(last.content)}${String(part.content)}`;
    else joined.push({ ...part });
  }
  return joined;
}
