import { noFacts, type ResponseFacts, type StreamReader } from './adapter.js';
import { camelCaseOutput, contentText } from './camel-case-content.js';
import { integer, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Reads a whole answer. */
export function readCompletion(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  const choices = list(body['choices']).filter(isRecord);
  readEnvelope(body, facts);
  for (const choice of choices) readReason(choice, facts);
  facts.output = () =>
    camelCaseOutput(
      choices.map((choice) => ({ message: choice['message'], reason: text(choice['finishReason']) })),
    );
  return facts;
}

/** Every event holds a chunk in `data`; the usage comes with the last. */
export function completionStreamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  const toolCalls: unknown[] = [];
  let content = '';
  return {
    chunk(value) {
      const chunk = record(record(value)['data']);
      readEnvelope(chunk, facts);
      for (const choice of list(chunk['choices']).filter(isRecord)) {
        const delta = record(choice['delta']);
        readReason(choice, facts);
        if (!captureContent) continue;
        content += contentText(delta['content']);
        toolCalls.push(...list(delta['toolCalls']));
      }
    },
    result() {
      const message = { role: 'assistant', content, toolCalls };
      facts.output = () => camelCaseOutput([{ message, reason: facts.finishReasons?.[0] }]);
      return facts;
    },
  };
}

/** Reads the usage; what the SDK's types do not name keeps its name on the wire. */
export function readMistralUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  facts.inputTokens = integer(usage['promptTokens']);
  facts.outputTokens = integer(usage['completionTokens']);
  facts.cacheReadTokens =
    integer(record(usage['prompt_tokens_details'])['cached_tokens']) ?? integer(usage['num_cached_tokens']);
}

function readEnvelope(body: UnknownRecord, facts: ResponseFacts): void {
  facts.id = text(body['id']) ?? facts.id;
  facts.model = text(body['model']) ?? facts.model;
  readMistralUsage(body['usage'], facts);
}

function readReason(choice: UnknownRecord, facts: ResponseFacts): void {
  const reason = text(choice['finishReason']);
  if (reason !== undefined) (facts.finishReasons ??= []).push(reason);
}
