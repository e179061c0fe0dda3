import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import {
  noFacts,
  type ResponseFacts,
  type SdkAdapter,
  type SdkTarget,
  type StreamReader,
} from './adapter.js';
import { anthropicContent, anthropicOutput } from './anthropic-content.js';
import { endpointOf } from './endpoint.js';
import { isRecord, list, number, put, record, text, texts, type UnknownRecord } from './shape.js';

const API = 'anthropic.messages';

const messages: SdkTarget = {
  name: 'Anthropic.Messages.create',
  owner: ['Anthropic', 'Messages'],
  clientPath: ['messages'],
  method: 'create',
  operation: 'chat',
  api: API,
  endpoint: (resource) => endpointOf(resource, 'anthropic'),
  view: (params, provider) => ({
    provider,
    operation: 'chat',
    api: API,
    model: text(params['model']),
    params,
  }),
  requestAttributes,
  requestContent: anthropicContent,
  response: readMessage,
  streamReader,
};

/** Anthropic's Messages API through `@anthropic-ai/sdk`. */
export const anthropic: SdkAdapter = {
  id: 'anthropic',
  module: '@anthropic-ai/sdk',
  tested: [['1.0.0', '2.0.0']],
  targets: [messages],
};

function requestAttributes(params: Params, attributes: Attributes): void {
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestTopK, number(params['top_k']));
  put(attributes, GEN_AI.requestMaxTokens, number(params['max_tokens']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop_sequences']));
  put(attributes, GEN_AI.requestReasoningLevel, text(record(params['output_config'])['effort']));
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

function readMessage(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  readStart(body, facts);
  readReason(body['stop_reason'], facts);
  facts.output = () => anthropicOutput(list(body['content']), facts.finishReasons?.[0]);
  return facts;
}

function readStart(message: UnknownRecord, facts: ResponseFacts): void {
  facts.id = text(message['id']);
  facts.model = text(message['model']);
  readUsage(message['usage'], facts);
}

/** Input tokens by the conventions include cached ones; Anthropic counts the three apart. */
function readUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  const fresh = number(usage['input_tokens']);
  facts.cacheReadTokens = number(usage['cache_read_input_tokens']) ?? facts.cacheReadTokens;
  facts.cacheWriteTokens = number(usage['cache_creation_input_tokens']) ?? facts.cacheWriteTokens;
  facts.outputTokens = number(usage['output_tokens']) ?? facts.outputTokens;
  if (fresh !== undefined) {
    facts.inputTokens = fresh + (facts.cacheReadTokens ?? 0) + (facts.cacheWriteTokens ?? 0);
  }
}

function readReason(reason: unknown, facts: ResponseFacts): void {
  if (typeof reason === 'string') facts.finishReasons = [reason];
}

/** Follows Anthropic's event sequence: `message_start` opens, `message_delta` closes with the final counts. */
function streamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  let answer = '';
  return {
    chunk(value) {
      const event = record(value);
      if (event['type'] === 'message_start') {
        readStart(record(event['message']), facts);
      } else if (event['type'] === 'message_delta') {
        readReason(record(event['delta'])['stop_reason'], facts);
        readUsage(event['usage'], facts);
      } else if (captureContent && event['type'] === 'content_block_delta') {
        answer += text(record(event['delta'])['text']) ?? '';
      }
    },
    result() {
      facts.output = () => anthropicOutput([{ type: 'text', text: answer }], facts.finishReasons?.[0]);
      return facts;
    },
  };
}
