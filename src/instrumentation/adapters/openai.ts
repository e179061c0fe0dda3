import type { Attributes } from '@opentelemetry/api';
import { GEN_AI, OPENAI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import type { ResponseFacts, SdkAdapter, SdkTarget, StreamReader } from './adapter.js';
import { endpointOf } from './endpoint.js';
import { openaiContent, openaiOutput, type OpenAiChoice } from './openai-content.js';
import { defined, isRecord, list, number, record, text, texts } from './shape.js';

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

function requestAttributes(params: Params): Attributes {
  const choices = number(params['n']);
  return defined({
    [OPENAI.apiType]: 'chat_completions',
    [OPENAI.requestServiceTier]: serviceTier(params),
    [GEN_AI.requestTemperature]: number(params['temperature']),
    [GEN_AI.requestTopP]: number(params['top_p']),
    [GEN_AI.requestFrequencyPenalty]: number(params['frequency_penalty']),
    [GEN_AI.requestPresencePenalty]: number(params['presence_penalty']),
    [GEN_AI.requestMaxTokens]: number(params['max_completion_tokens']) ?? number(params['max_tokens']),
    [GEN_AI.requestSeed]: number(params['seed']),
    [GEN_AI.requestStopSequences]: texts(params['stop']),
    [GEN_AI.requestReasoningLevel]: text(params['reasoning_effort']),
    [GEN_AI.requestChoiceCount]: choices === 1 ? undefined : choices,
    [GEN_AI.requestStream]: params['stream'] === true ? true : undefined,
    [GEN_AI.outputType]: outputType(params['response_format']),
  });
}

function serviceTier(params: Params): string | undefined {
  const tier = text(params['service_tier']);
  return tier === 'auto' ? undefined : tier; // the conventions leave the default out
}

function outputType(format: unknown): string | undefined {
  const type = record(format)['type'];
  if (type === 'json_schema' || type === 'json_object') return 'json';
  return type === 'text' ? 'text' : undefined;
}

function readCompletion(data: unknown): ResponseFacts {
  const body = record(data);
  const choices = list(body['choices']).filter(isRecord);
  const reasons = choices
    .map((choice) => text(choice['finish_reason']))
    .filter((reason) => reason !== undefined);
  return defined({
    ...readEnvelope(body),
    finishReasons: reasons.length > 0 ? reasons : undefined,
    output: () => openaiOutput(choices as readonly OpenAiChoice[]),
  });
}

function readEnvelope(body: Readonly<Record<string, unknown>>) {
  const usage = record(body['usage']);
  return defined({
    id: text(body['id']),
    model: text(body['model']),
    inputTokens: number(usage['prompt_tokens']),
    outputTokens: number(usage['completion_tokens']),
    cacheReadTokens: number(record(usage['prompt_tokens_details'])['cached_tokens']),
    reasoningTokens: number(record(usage['completion_tokens_details'])['reasoning_tokens']),
    extra: defined({
      [OPENAI.responseServiceTier]: text(body['service_tier']),
      [OPENAI.responseSystemFingerprint]: text(body['system_fingerprint']),
    }),
  });
}

function streamReader(captureContent: boolean): StreamReader {
  let facts: ResponseFacts = {};
  const reasons: string[] = [];
  let answer = '';
  return {
    chunk(value) {
      const chunk = record(value);
      facts = { ...facts, ...readEnvelope(chunk) };
      for (const choice of list(chunk['choices'])) {
        const reason = text(record(choice)['finish_reason']);
        if (reason !== undefined) reasons.push(reason);
        if (captureContent) answer += text(record(record(choice)['delta'])['content']) ?? '';
      }
    },
    result: () => ({
      ...facts,
      ...(reasons.length > 0 && { finishReasons: reasons }),
      output: () =>
        openaiOutput([{ message: { role: 'assistant', content: answer }, finish_reason: reasons[0] }]),
    }),
  };
}
