import type { Attributes } from '@opentelemetry/api';
import { BEDROCK, GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { BEDROCK_CONVERSE } from '../../patterns/conversation.js';
import { noFacts, type ResponseFacts, type SdkTarget, type StreamReader } from './adapter.js';
import { commandAccess, observeCallback } from './bedrock-command.js';
import { converseContent, converseOutput } from './bedrock-content.js';
import { growingConverse } from './bedrock-stream.js';
import { bedrockEndpoint } from './bedrock-endpoint.js';
import { integer, isRecord, number, put, record, text, texts } from './shape.js';

/** `ConverseCommand`. Its parameters are the command's input. */
export const converse: SdkTarget = {
  name: 'BedrockRuntimeClient.send',
  owner: ['BedrockRuntimeClient'],
  clientPath: [],
  method: 'send',
  operation: 'chat',
  api: BEDROCK_CONVERSE,
  access: commandAccess,
  observeCallback,
  endpoint: bedrockEndpoint,
  view: (params, provider) => ({
    provider,
    operation: 'chat',
    api: BEDROCK_CONVERSE,
    model: text(params['modelId']),
    params,
  }),
  requestAttributes,
  requestContent: converseContent,
  response: readConverse,
  streamReader,
};

/** `ConverseStreamCommand`. */
export const converseStream: SdkTarget = {
  ...converse,
  requestAttributes(params, attributes) {
    requestAttributes(params, attributes);
    attributes[GEN_AI.requestStream] = true;
  },
  streamOf: (data) => record(data)['stream'],
};

function requestAttributes(params: Params, attributes: Attributes): void {
  const inference = record(params['inferenceConfig']);
  put(attributes, GEN_AI.requestTemperature, number(inference['temperature']));
  put(attributes, GEN_AI.requestTopP, number(inference['topP']));
  put(attributes, GEN_AI.requestMaxTokens, integer(inference['maxTokens']));
  put(attributes, GEN_AI.requestStopSequences, texts(inference['stopSequences']));
  // Converse has no name of its own for it; the families that know it take one of these.
  const own = record(params['additionalModelRequestFields']);
  put(attributes, GEN_AI.requestTopK, integer(own['top_k']) ?? integer(own['topK']) ?? integer(own['k']));
  const { effort, textFormat } = record(params['outputConfig']);
  put(attributes, GEN_AI.requestReasoningLevel, text(effort));
  if (record(textFormat)['type'] === 'json_schema') attributes[GEN_AI.outputType] = 'json';
  put(attributes, BEDROCK.guardrailId, text(record(params['guardrailConfig'])['guardrailIdentifier']));
}

function readConverse(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  readReason(body, facts);
  readConverseUsage(body['usage'], facts);
  facts.output = () =>
    converseOutput(record(record(body['output'])['message'])['content'], facts.finishReasons?.[0]);
  return facts;
}

/** Input tokens by the conventions include cached ones; Bedrock counts the three apart. */
export function readConverseUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  const fresh = integer(usage['inputTokens']);
  facts.cacheReadTokens = integer(usage['cacheReadInputTokens']);
  facts.cacheWriteTokens = integer(usage['cacheWriteInputTokens']);
  facts.outputTokens = integer(usage['outputTokens']);
  if (fresh !== undefined)
    facts.inputTokens = fresh + (facts.cacheReadTokens ?? 0) + (facts.cacheWriteTokens ?? 0);
}

function readReason(value: Readonly<Record<string, unknown>>, facts: ResponseFacts): void {
  const reason = text(value['stopReason']);
  if (reason !== undefined) facts.finishReasons = [reason];
}

/** `messageStop` has the reason, `metadata` after it the counts. */
function streamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  const answer = growingConverse();
  return {
    chunk(value) {
      const event = record(value);
      const { messageStop, metadata } = event;
      if (isRecord(messageStop)) readReason(messageStop, facts);
      else if (isRecord(metadata)) readConverseUsage(metadata['usage'], facts);
      else if (captureContent) answer.grow(event);
    },
    result() {
      facts.output = () => converseOutput(answer.blocks(), facts.finishReasons?.[0]);
      return facts;
    },
  };
}
