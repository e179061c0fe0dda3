import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import type { ResponseFacts, SdkAdapter, SdkTarget, StreamReader } from './adapter.js';
import { anthropicContent, anthropicOutput } from './anthropic-content.js';
import { endpointOf } from './endpoint.js';
import { defined, list, number, record, text, texts, type UnknownRecord } from './shape.js';

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

function requestAttributes(params: Params): Attributes {
  return defined({
    [GEN_AI.requestTemperature]: number(params['temperature']),
    [GEN_AI.requestTopP]: number(params['top_p']),
    [GEN_AI.requestTopK]: number(params['top_k']),
    [GEN_AI.requestMaxTokens]: number(params['max_tokens']),
    [GEN_AI.requestStopSequences]: texts(params['stop_sequences']),
    [GEN_AI.requestReasoningLevel]: text(record(params['output_config'])['effort']),
    [GEN_AI.requestStream]: params['stream'] === true ? true : undefined,
  });
}

function readMessage(data: unknown): ResponseFacts {
  const body = record(data);
  const reason = text(body['stop_reason']);
  return defined({
    id: text(body['id']),
    model: text(body['model']),
    finishReasons: reason === undefined ? undefined : [reason],
    ...readUsage(record(body['usage'])),
    output: () => anthropicOutput(list(body['content']), reason),
  });
}

/** Input tokens by the conventions include cached ones; Anthropic counts the three apart. */
function readUsage(usage: UnknownRecord) {
  const fresh = number(usage['input_tokens']);
  const cacheReadTokens = number(usage['cache_read_input_tokens']);
  const cacheWriteTokens = number(usage['cache_creation_input_tokens']);
  return defined({
    inputTokens: fresh === undefined ? undefined : fresh + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0),
    outputTokens: number(usage['output_tokens']),
    cacheReadTokens,
    cacheWriteTokens,
  });
}

/** Follows Anthropic's event sequence: `message_start` opens, `message_delta` closes with the final counts. */
function streamReader(captureContent: boolean): StreamReader {
  let facts: ResponseFacts = {};
  let answer = '';
  return {
    chunk(value) {
      const event = record(value);
      if (event['type'] === 'message_start') {
        const { output: _unused, ...start } = readMessage(event['message']);
        facts = start;
      } else if (event['type'] === 'message_delta') {
        const reason = text(record(event['delta'])['stop_reason']);
        const { inputTokens, ...usage } = readUsage(record(event['usage']));
        facts = { ...facts, ...usage, ...(inputTokens !== undefined && { inputTokens }) };
        if (reason !== undefined) facts = { ...facts, finishReasons: [reason] };
      } else if (captureContent && event['type'] === 'content_block_delta') {
        answer += text(record(event['delta'])['text']) ?? '';
      }
    },
    result: () => ({
      ...facts,
      output: () => anthropicOutput([{ type: 'text', text: answer }], facts.finishReasons?.[0]),
    }),
  };
}
