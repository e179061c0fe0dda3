import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import {
  noFacts,
  type RequestContent,
  type ResponseFacts,
  type SdkTarget,
  type StreamReader,
} from './adapter.js';
import { openaiUsage } from '../inject-usage.js';
import { openaiEndpoint } from './openai-endpoint.js';
import { readEnvelope, readUsage } from './openai-usage.js';
import { integer, list, number, put, record, text, texts } from './shape.js';

const API = 'openai.completions';

/** OpenAI's legacy completions, which local servers still offer. */
export const completions: SdkTarget = {
  name: 'OpenAI.Completions.create',
  owner: ['OpenAI', 'Completions'],
  clientPath: ['completions'],
  method: 'create',
  operation: 'text_completion',
  api: API,
  endpoint: openaiEndpoint,
  view: (params, provider) => ({
    provider,
    operation: 'text_completion',
    api: API,
    model: text(params['model']),
    params,
  }),
  requestAttributes,
  requestContent,
  response: readCompletion,
  streamReader,
  usage: openaiUsage,
};

function requestAttributes(params: Params, attributes: Attributes): void {
  const choices = integer(params['n']);
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(params['frequency_penalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(params['presence_penalty']));
  put(attributes, GEN_AI.requestMaxTokens, integer(params['max_tokens']));
  put(attributes, GEN_AI.requestSeed, integer(params['seed']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop']));
  if (choices !== 1) put(attributes, GEN_AI.requestChoiceCount, choices);
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

/** Prompts given as token numbers are left out: they are no text. */
function requestContent(params: Params): RequestContent {
  const prompts = texts(params['prompt']) ?? [];
  return {
    inputMessages: prompts.map((content) => ({ role: 'user', parts: [{ type: 'text', content }] })),
  };
}

function readCompletion(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  const choices = list(body['choices']).map(record);
  readEnvelope(body, facts);
  readUsage(body['usage'], facts);
  for (const choice of choices) readReason(choice['finish_reason'], facts);
  facts.output = () => choices.map((choice) => toOutput(choice['text'], choice['finish_reason']));
  return facts;
}

function readReason(reason: unknown, facts: ResponseFacts): void {
  if (typeof reason === 'string') (facts.finishReasons ??= []).push(reason);
}

function toOutput(content: unknown, reason: unknown): unknown {
  const parts = [{ type: 'text', content }];
  return { role: 'assistant', parts, finish_reason: text(reason) ?? 'unknown' };
}

function streamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  let answer = '';
  return {
    chunk(value) {
      const chunk = record(value);
      if (facts.id === undefined) readEnvelope(chunk, facts);
      readUsage(chunk['usage'], facts);
      for (const choice of list(chunk['choices']).map(record)) {
        readReason(choice['finish_reason'], facts);
        if (captureContent) answer += text(choice['text']) ?? '';
      }
    },
    result() {
      facts.output = () => [toOutput(answer, facts.finishReasons?.[0])];
      return facts;
    },
  };
}
