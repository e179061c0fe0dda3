import type { Attributes } from '@opentelemetry/api';
import { GEN_AI, OPENAI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type ResponseFacts, type SdkAdapter, type SdkTarget } from './adapter.js';
import { openaiUsage } from '../inject-usage.js';
import { openaiEndpoint } from './openai-endpoint.js';
import { openaiContent, openaiOutput, type OpenAiChoice } from './openai-content.js';
import { chatStreamReader } from './openai-stream.js';
import { completions } from './openai-completions.js';
import { embeddings } from './openai-embeddings.js';
import { betaResponses, responses } from './openai-responses.js';
import { outputType, putServiceTier, readEnvelope, readUsage } from './openai-usage.js';
import { integer, isRecord, list, number, put, record, text, texts } from './shape.js';

const API = 'openai.chat.completions';

/** OpenAI's chat completions. */
export const chatCompletions: SdkTarget = {
  name: 'OpenAI.Chat.Completions.create',
  owner: ['OpenAI', 'Chat', 'Completions'],
  clientPath: ['chat', 'completions'],
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
  requestContent: openaiContent,
  response: readCompletion,
  streamReader: chatStreamReader,
  usage: openaiUsage,
};

/** OpenAI, Azure OpenAI and every server that speaks OpenAI's protocols through the `openai` package. */
export const openai: SdkAdapter = {
  id: 'openai',
  module: 'openai',
  tested: [
    ['4.104.0', '5.0.0'],
    ['5.23.0', '6.0.0'],
    ['6.49.0', '7.0.0'],
    ['7.0.0', '8.0.0'],
  ],
  targets: [chatCompletions, responses, betaResponses, embeddings, completions],
};

function requestAttributes(params: Params, attributes: Attributes): void {
  const choices = integer(params['n']);
  attributes[OPENAI.apiType] = 'chat_completions';
  putServiceTier(params, attributes);
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(params['frequency_penalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(params['presence_penalty']));
  put(
    attributes,
    GEN_AI.requestMaxTokens,
    integer(params['max_completion_tokens']) ?? integer(params['max_tokens']),
  );
  put(attributes, GEN_AI.requestSeed, integer(params['seed']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop']));
  put(attributes, GEN_AI.requestReasoningLevel, text(params['reasoning_effort']));
  const speaks = list(params['modalities']).includes('audio');
  put(attributes, GEN_AI.outputType, speaks ? 'speech' : outputType(params['response_format']));
  if (choices !== 1) put(attributes, GEN_AI.requestChoiceCount, choices);
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

function readCompletion(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  const choices = list(body['choices']);
  readEnvelope(body, facts);
  readUsage(body['usage'], facts);
  for (const choice of choices) readReason(choice, facts);
  facts.output = () => openaiOutput(choices.filter(isRecord) as readonly OpenAiChoice[]);
  return facts;
}

function readReason(choice: unknown, facts: ResponseFacts): void {
  const reason = isRecord(choice) ? text(choice['finish_reason']) : undefined;
  if (reason !== undefined) (facts.finishReasons ??= []).push(reason);
}
