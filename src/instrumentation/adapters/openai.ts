import type { Attributes } from '@opentelemetry/api';
import { GEN_AI, OPENAI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import {
  noFacts,
  type ResponseFacts,
  type SdkAdapter,
  type SdkTarget,
  type StreamReader,
} from './adapter.js';
import { endpointOf } from './endpoint.js';
import { openaiContent, openaiOutput, type OpenAiChoice } from './openai-content.js';
import { isRecord, list, number, put, record, text, texts, type UnknownRecord } from './shape.js';

const API = 'openai.chat.completions';

const chatCompletions: SdkTarget = {
  name: 'OpenAI.Chat.Completions.create',
  owner: ['OpenAI', 'Chat', 'Completions'],
  clientPath: ['chat', 'completions'],
  method: 'create',
  operation: 'chat',
  api: API,
  endpoint: (resource) => endpointOf(resource, 'openai'),
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
  streamReader,
};

/** OpenAI, Azure OpenAI and every server that speaks OpenAI's chat completions through the `openai` package. */
export const openai: SdkAdapter = {
  id: 'openai',
  module: 'openai',
  tested: [['7.0.0', '8.0.0']],
  targets: [chatCompletions],
};

function requestAttributes(params: Params, attributes: Attributes): void {
  const choices = number(params['n']);
  const tier = text(params['service_tier']);
  attributes[OPENAI.apiType] = 'chat_completions';
  if (tier !== 'auto') put(attributes, OPENAI.requestServiceTier, tier); // the conventions leave the default out
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(params['frequency_penalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(params['presence_penalty']));
  put(
    attributes,
    GEN_AI.requestMaxTokens,
    number(params['max_completion_tokens']) ?? number(params['max_tokens']),
  );
  put(attributes, GEN_AI.requestSeed, number(params['seed']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop']));
  put(attributes, GEN_AI.requestReasoningLevel, text(params['reasoning_effort']));
  put(attributes, GEN_AI.outputType, outputType(params['response_format']));
  if (choices !== 1) put(attributes, GEN_AI.requestChoiceCount, choices);
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

function outputType(format: unknown): string | undefined {
  if (!isRecord(format)) return undefined;
  const { type } = format;
  if (type === 'json_schema' || type === 'json_object') return 'json';
  return type === 'text' ? 'text' : undefined;
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

function readEnvelope(body: UnknownRecord, facts: ResponseFacts): void {
  const tier = text(body['service_tier']);
  const fingerprint = text(body['system_fingerprint']);
  facts.id = text(body['id']);
  facts.model = text(body['model']);
  if (tier === undefined && fingerprint === undefined) return;
  facts.extra = {};
  put(facts.extra, OPENAI.responseServiceTier, tier);
  put(facts.extra, OPENAI.responseSystemFingerprint, fingerprint);
}

function readUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  facts.inputTokens = number(usage['prompt_tokens']);
  facts.outputTokens = number(usage['completion_tokens']);
  facts.cacheReadTokens = number(record(usage['prompt_tokens_details'])['cached_tokens']);
  facts.reasoningTokens = number(record(usage['completion_tokens_details'])['reasoning_tokens']);
}

function readReason(choice: unknown, facts: ResponseFacts): void {
  const reason = isRecord(choice) ? text(choice['finish_reason']) : undefined;
  if (reason !== undefined) (facts.finishReasons ??= []).push(reason);
}

/** The envelope is the same on every chunk; usage, if asked for, comes with the last. */
function streamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  let answer = '';
  return {
    chunk(value) {
      const chunk = record(value);
      if (facts.id === undefined) readEnvelope(chunk, facts);
      readUsage(chunk['usage'], facts);
      for (const choice of list(chunk['choices'])) {
        readReason(choice, facts);
        if (captureContent) answer += text(record(record(choice)['delta'])['content']) ?? '';
      }
    },
    result() {
      const message = { role: 'assistant', content: answer };
      facts.output = () => openaiOutput([{ message, finish_reason: facts.finishReasons?.[0] }]);
      return facts;
    },
  };
}
