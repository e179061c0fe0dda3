import { noFacts, type ResponseFacts } from './adapter.js';
import { converseOutput } from './bedrock-content.js';
import { readConverseUsage } from './bedrock-converse.js';
import { integer, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/**
 * Reads an answer of a model other than Claude. Each family has a form of its own; a stream sends the same in pieces.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html
 */
export function readForeign(body: UnknownRecord): ResponseFacts {
  const facts = noFacts();
  noteForeign(body, facts);
  facts.output = () => converseOutput([{ text: textOfForeign(body) }], facts.finishReasons?.[0]);
  return facts;
}

/** Adds what a whole answer or a piece of one says. */
export function noteForeign(body: UnknownRecord, facts: ResponseFacts): void {
  facts.id ??= text(body['id']) ?? text(body['generation_id']);
  facts.model ??= text(body['model']);
  readTokens(body, facts);
  const reason = reasonOf(body);
  if (reason !== undefined) facts.finishReasons = [reason];
  readMetrics(body['amazon-bedrock-invocationMetrics'], facts);
}

/** The text of a whole answer or of a piece of one. */
export function textOfForeign(body: UnknownRecord): string {
  const choice = first(body['choices']);
  const candidates = [
    body['generation'], // Llama
    body['outputText'], // Titan, streamed
    first(body['results'])['outputText'], // Titan
    first(body['outputs'])['text'], // Mistral
    record(choice['message'])['content'] ?? record(choice['delta'])['content'], // OpenAI, Mistral's chat, AI21
    first(record(record(body['output'])['message'])['content'])['text'], // Nova
    record(record(body['contentBlockDelta'])['delta'])['text'], // Nova, streamed
    first(body['generations'])['text'], // Cohere Command
    body['text'], // Cohere Command R
  ];
  return candidates.map(text).find((candidate) => candidate !== undefined) ?? '';
}

function reasonOf(body: UnknownRecord): string | undefined {
  return [
    body['stop_reason'],
    body['stopReason'],
    body['finish_reason'],
    body['completionReason'],
    record(body['messageStop'])['stopReason'],
    first(body['results'])['completionReason'],
    first(body['outputs'])['stop_reason'],
    first(body['choices'])['finish_reason'],
    first(body['generations'])['finish_reason'],
  ]
    .map(text)
    .find((reason) => reason !== undefined);
}

function readTokens(body: UnknownRecord, facts: ResponseFacts): void {
  const usage = record(body['usage'] ?? record(body['metadata'])['usage']);
  if ('inputTokens' in usage) return readConverseUsage(usage, facts);
  facts.inputTokens =
    integer(usage['prompt_tokens']) ??
    integer(body['prompt_token_count']) ??
    integer(body['inputTextTokenCount']) ??
    facts.inputTokens;
  facts.outputTokens =
    integer(usage['completion_tokens']) ??
    integer(body['generation_token_count']) ??
    integer(body['totalOutputTextTokenCount']) ??
    integer(first(body['results'])['tokenCount']) ??
    facts.outputTokens;
}

/** Bedrock adds its own counts to the last piece of every stream; they are for models that tell none. */
export function readMetrics(metrics: unknown, facts: ResponseFacts): void {
  if (!isRecord(metrics)) return;
  facts.inputTokens ??= integer(metrics['inputTokenCount']);
  facts.outputTokens = integer(metrics['outputTokenCount']) ?? facts.outputTokens;
}

function first(value: unknown): UnknownRecord {
  return record(list(value)[0]);
}
