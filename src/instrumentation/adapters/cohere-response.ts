import { noFacts, type ResponseFacts, type StreamReader } from './adapter.js';
import { camelCaseOutput } from './camel-case-content.js';
import { integer, isRecord, record, text, type UnknownRecord } from './shape.js';

/** Reads a whole answer. Cohere does not say which model gave it. */
export function readChat(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  const reason = text(body['finishReason']);
  facts.id = text(body['id']);
  if (reason !== undefined) facts.finishReasons = [reason];
  readCohereUsage(body['usage'], facts);
  facts.output = () => camelCaseOutput([{ message: body['message'], reason }]);
  return facts;
}

/** The answer as it grows. */
interface Growing {
  text: string;
  thinking: string;
  readonly toolCalls: { id: unknown; function: { name: unknown; arguments: string } }[];
}

/** Follows Cohere's events: `message-start` opens, `message-end` closes with the reason and the counts. */
export function chatStreamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  const answer: Growing = { text: '', thinking: '', toolCalls: [] };
  return {
    chunk(value) {
      const event = record(value);
      const delta = record(event['delta']);
      if (event['type'] === 'message-start') facts.id = text(event['id']);
      else if (event['type'] === 'message-end') readEnd(delta, facts);
      else if (captureContent) grow(answer, event['type'], record(delta['message']));
    },
    result() {
      facts.output = () =>
        camelCaseOutput([{ message: toMessage(answer), reason: facts.finishReasons?.[0] }]);
      return facts;
    },
  };
}

function readEnd(delta: UnknownRecord, facts: ResponseFacts): void {
  const reason = text(delta['finishReason']);
  if (reason !== undefined) facts.finishReasons = [reason];
  readCohereUsage(delta['usage'], facts);
}

/** Tokens as they are billed, as the conventions ask, or else as the model counted them. */
export function readCohereUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  const tokens = record(usage['tokens']);
  const billed = record(usage['billedUnits']);
  facts.inputTokens = integer(billed['inputTokens']) ?? integer(tokens['inputTokens']);
  facts.outputTokens = integer(billed['outputTokens']) ?? integer(tokens['outputTokens']);
  facts.cacheReadTokens = integer(usage['cachedTokens']);
}

function grow(answer: Growing, type: unknown, { content, toolCalls }: UnknownRecord): void {
  const call = record(toolCalls);
  const { name, arguments: args } = record(call['function']);
  if (type === 'content-delta') {
    answer.text += text(record(content)['text']) ?? '';
    answer.thinking += text(record(content)['thinking']) ?? '';
  } else if (type === 'tool-call-start') {
    answer.toolCalls.push({ id: call['id'], function: { name, arguments: text(args) ?? '' } });
  } else if (type === 'tool-call-delta') {
    const last = answer.toolCalls.at(-1);
    if (last) last.function.arguments += text(args) ?? '';
  }
}

function toMessage({ text: said, thinking, toolCalls }: Growing): unknown {
  const content = [
    ...(thinking === '' ? [] : [{ type: 'thinking', thinking }]),
    ...(said === '' ? [] : [{ type: 'text', text: said }]),
  ];
  return { role: 'assistant', content, toolCalls };
}
