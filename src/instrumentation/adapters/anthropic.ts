import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import {
  noFacts,
  type NativeSpans,
  type ResponseFacts,
  type SdkAdapter,
  type SdkTarget,
  type StreamReader,
} from './adapter.js';
import { anthropicContent, anthropicOutput } from './anthropic-content.js';
import { completionsTarget } from './anthropic-completions.js';
import { growingBlocks } from './anthropic-stream.js';
import { endpointOf } from './endpoint.js';
import { integer, isRecord, list, number, put, record, text, texts, type UnknownRecord } from './shape.js';

const API = 'anthropic.messages';

/** `@anthropic-ai/sdk` makes spans of its own since 0.134, once a tracer provider is registered. */
const native: NativeSpans = {
  client: 'Anthropic',
  tracer: '_tracer',
  spans: ['anthropic.messages.create', 'anthropic.completions.create'],
};

/** Anthropic's messages. */
export const messages: SdkTarget = {
  name: 'Anthropic.Messages.create',
  owner: ['Anthropic', 'Messages'],
  clientPath: ['messages'],
  method: 'create',
  operation: 'chat',
  api: API,
  endpoint: (resource, names) => endpointOf(resource, platformOf(resource), names),
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
  native,
};

/** The same API with features in beta. `toolRunner()` and `stream()` of the SDK go through it. */
export const betaMessages: SdkTarget = {
  ...messages,
  name: 'Anthropic.Beta.Messages.create',
  owner: ['Anthropic', 'Beta', 'Messages'],
  clientPath: ['beta', 'messages'],
};

/** Anthropic's Messages API through `@anthropic-ai/sdk`. */
export const anthropic: SdkAdapter = {
  id: 'anthropic',
  module: '@anthropic-ai/sdk',
  tested: [
    ['0.30.0', '0.31.0'],
    ['0.60.0', '0.61.0'],
    ['0.137.0', '0.138.0'],
    ['1.0.0', '2.0.0'],
  ],
  targets: [messages, betaMessages, completionsTarget(messages)],
};

/** The clients for Bedrock and Vertex AI say so themselves. */
function platformOf(resource: unknown): string {
  return text(record(record(resource)['_client'])['_genAIProviderName']) ?? 'anthropic';
}

function requestAttributes(params: Params, attributes: Attributes): void {
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestTopK, integer(params['top_k']));
  put(attributes, GEN_AI.requestMaxTokens, integer(params['max_tokens']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop_sequences']));
  const { effort, format } = record(params['output_config']);
  put(attributes, GEN_AI.requestReasoningLevel, text(effort));
  // The beta put it at the top.
  const isJson = [format, params['output_format']].some((wanted) => record(wanted)['type'] === 'json_schema');
  if (isJson) attributes[GEN_AI.outputType] = 'json';
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
  const fresh = integer(usage['input_tokens']);
  facts.cacheReadTokens = integer(usage['cache_read_input_tokens']) ?? facts.cacheReadTokens;
  facts.cacheWriteTokens = integer(usage['cache_creation_input_tokens']) ?? facts.cacheWriteTokens;
  facts.outputTokens = integer(usage['output_tokens']) ?? facts.outputTokens;
  facts.reasoningTokens =
    integer(record(usage['output_tokens_details'])['thinking_tokens']) ?? facts.reasoningTokens;
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
  const answer = growingBlocks();
  return {
    chunk(value) {
      const event = record(value);
      if (event['type'] === 'message_start') {
        readStart(record(event['message']), facts);
      } else if (event['type'] === 'message_delta') {
        readReason(record(event['delta'])['stop_reason'], facts);
        readUsage(event['usage'], facts);
      } else if (captureContent) {
        answer.grow(event);
      }
    },
    result() {
      facts.output = () => anthropicOutput(answer.blocks(), facts.finishReasons?.[0]);
      return facts;
    },
  };
}
