import type { Attributes } from '@opentelemetry/api';
import { GEN_AI, OPENAI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type ResponseFacts, type SdkTarget, type StreamReader } from './adapter.js';
import { openaiEndpoint } from './openai-endpoint.js';
import { responsesContent, responsesOutput } from './openai-responses-content.js';
import { outputType, putServiceTier, readEnvelope } from './openai-usage.js';
import { integer, isRecord, list, number, put, record, text, type UnknownRecord } from './shape.js';

const API = 'openai.responses';

/** OpenAI's Responses API. `parse()` and `stream()` of the SDK go through it. */
export const responses: SdkTarget = {
  name: 'OpenAI.Responses.create',
  owner: ['OpenAI', 'Responses'],
  clientPath: ['responses'],
  method: 'create',
  operation: 'chat',
  api: API,
  endpoint: openaiEndpoint,
  view: (params, provider) => ({
    provider,
    operation: 'chat',
    api: API,
    model: text(params['model']),
    params,
  }),
  requestAttributes,
  requestContent: responsesContent,
  response: readResponse,
  streamReader,
};

/** The same API with features in beta; `openai` has it since the last releases of 6. */
export const betaResponses: SdkTarget = {
  ...responses,
  name: 'OpenAI.Beta.Responses.create',
  owner: ['OpenAI', 'Beta', 'Responses'],
  clientPath: ['beta', 'responses'],
  optional: true,
};

function requestAttributes(params: Params, attributes: Attributes): void {
  const { conversation } = params;
  attributes[OPENAI.apiType] = 'responses';
  putServiceTier(params, attributes);
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestMaxTokens, integer(params['max_output_tokens']));
  put(attributes, GEN_AI.requestReasoningLevel, text(record(params['reasoning'])['effort']));
  put(attributes, GEN_AI.requestPreviousResponseId, text(params['previous_response_id']));
  put(attributes, GEN_AI.conversationId, text(conversation) ?? text(record(conversation)['id']));
  put(attributes, GEN_AI.outputType, outputType(record(params['text'])['format']));
  const prompt = record(params['prompt']); // a template kept by OpenAI
  put(attributes, GEN_AI.promptName, text(prompt['id']));
  put(attributes, GEN_AI.promptVersion, text(prompt['version']));
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

function readResponse(data: unknown): ResponseFacts {
  const facts = noFacts();
  readBody(record(data), facts);
  return facts;
}

function readBody(body: UnknownRecord, facts: ResponseFacts): void {
  readEnvelope(body, facts);
  readUsage(body['usage'], facts);
  readReason(body, facts);
  facts.output = () => responsesOutput(list(body['output']), facts.finishReasons?.[0]);
}

function readUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  const input = record(usage['input_tokens_details']);
  facts.inputTokens = integer(usage['input_tokens']);
  facts.outputTokens = integer(usage['output_tokens']);
  facts.cacheReadTokens = integer(input['cached_tokens']);
  facts.cacheWriteTokens = integer(input['cache_write_tokens']);
  facts.reasoningTokens = integer(record(usage['output_tokens_details'])['reasoning_tokens']);
}

/** A response in the background is queued or in progress when it comes back: it has not finished for any reason yet. */
function readReason(body: UnknownRecord, facts: ResponseFacts): void {
  const status = text(body['status']);
  if (status === undefined || status === 'queued' || status === 'in_progress') return;
  const reason = text(record(body['incomplete_details'])['reason']);
  facts.finishReasons = [status === 'incomplete' ? (reason ?? status) : status];
}

/** `response.created` opens; the last event carries the whole response, usage included. */
function streamReader(): StreamReader {
  const facts = noFacts();
  return {
    chunk(value) {
      const { response } = record(value);
      if (isRecord(response)) readBody(response, facts);
    },
    result: () => facts,
  };
}
