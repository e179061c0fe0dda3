import type { Params } from '../../contract/request.js';
import {
  noFacts,
  type RequestContent,
  type ResponseFacts,
  type SdkTarget,
  type StreamReader,
} from './adapter.js';
import { readCohereUsage } from './cohere-response.js';
import { textParts, toolCallPart, toolDefinition, toolResponsePart, type Part } from './message-parts.js';
import { defined, isRecord, list, record, text, type UnknownRecord } from './shape.js';

const API = 'cohere.v1.chat';

/**
 * Version 1 of Cohere's chat, through `CohereClient`: a message, what was said before it, and a preamble.
 * @param v2 - the target of version 2 for the same kind of call: sampling parameters and endpoints are the same.
 */
export function v1Target(v2: SdkTarget): SdkTarget {
  return {
    ...v2,
    name: v2.name.replace('V2', 'V1'),
    clientPath: [],
    optional: true,
    locate: (moduleExports) => classWith(record(moduleExports)['CohereClient'], v2.method),
    locateInClient: (client) => client,
    api: API,
    view: (params, provider) => ({ ...v2.view(params, provider), api: API }),
    requestContent,
    response: (answer) => readAnswer(record(record(answer)['data'])),
    streamReader,
  };
}

/** The prototype that itself has a method: the exported class only extends the one that is generated. */
function classWith(exported: unknown, method: string): unknown {
  let prototype: unknown = typeof exported === 'function' ? exported.prototype : undefined;
  while (isRecord(prototype) && !Object.hasOwn(prototype, method)) {
    prototype = Object.getPrototypeOf(prototype);
  }
  return prototype ?? undefined;
}

function requestContent(params: Params): RequestContent {
  const { message, chatHistory, preamble, tools, toolResults } = params;
  const results = list(toolResults).map((result) => toolResponsePart(undefined, record(result)['outputs']));
  const instructions = textParts(preamble);
  return defined({
    inputMessages: [
      ...list(chatHistory).filter(isRecord).map(toMessage),
      ...(results.length > 0 ? [{ role: 'tool', parts: results }] : []),
      ...(message === '' ? [] : [{ role: 'user', parts: textParts(message) }]),
    ],
    systemInstructions: instructions.length > 0 ? instructions : undefined,
    toolDefinitions: Array.isArray(tools)
      ? tools.filter(isRecord).map((tool) => toolDefinition(tool, undefined))
      : undefined,
  });
}

const ROLES: Readonly<Record<string, string>> = { CHATBOT: 'assistant', SYSTEM: 'system', TOOL: 'tool' };

function toMessage(entry: UnknownRecord): { readonly role: string; readonly parts: readonly Part[] } {
  const results = list(entry['toolResults']).map((result) =>
    toolResponsePart(undefined, record(result)['outputs']),
  );
  return {
    role: ROLES[text(entry['role']) ?? ''] ?? 'user',
    parts: [...textParts(entry['message']), ...toolCalls(entry['toolCalls']), ...results],
  };
}

/** Calls have no ids in this version. */
function toolCalls(calls: unknown): Part[] {
  return list(calls)
    .map(record)
    .map(({ name, parameters }) => toolCallPart(undefined, name, parameters));
}

/** Tokens are counted in `meta`, where version 2 has `usage`. */
function readAnswer(body: UnknownRecord): ResponseFacts {
  const facts = noFacts();
  const reason = text(body['finishReason']);
  facts.id = text(body['generationId']);
  if (reason !== undefined) facts.finishReasons = [reason];
  readCohereUsage(body['meta'], facts);
  facts.output = () => [
    {
      role: 'assistant',
      parts: [...textParts(body['text']), ...toolCalls(body['toolCalls'])],
      finish_reason: reason ?? 'unknown',
    },
  ];
  return facts;
}

/** The last event holds the whole answer; one that never comes leaves the id of the first. */
function streamReader(): StreamReader {
  let facts = noFacts();
  return {
    chunk(value) {
      const { eventType, generationId, finishReason, response } = record(value);
      if (eventType === 'stream-start') facts.id = text(generationId);
      else if (eventType === 'stream-end') facts = readAnswer({ finishReason, ...record(response) });
    },
    result: () => facts,
  };
}
