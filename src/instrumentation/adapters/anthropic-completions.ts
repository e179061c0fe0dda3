import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type ResponseFacts, type SdkTarget, type StreamReader } from './adapter.js';
import { integer, number, put, record, text, texts } from './shape.js';

const API = 'anthropic.completions';

/**
 * Anthropic's text completions, which `@anthropic-ai/sdk` had until 1.0. They tell no token counts.
 * @param messages - the target of the messages: client, provider and native spans are the same.
 */
export function completionsTarget(messages: SdkTarget): SdkTarget {
  return {
    ...messages,
    name: 'Anthropic.Completions.create',
    owner: ['Anthropic', 'Completions'],
    clientPath: ['completions'],
    optional: true,
    operation: 'text_completion',
    api: API,
    view: (params, provider) => ({
      provider,
      operation: 'text_completion',
      api: API,
      model: text(params['model']),
      params,
    }),
    requestAttributes,
    requestContent: ({ prompt }) => ({
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: text(prompt) ?? '' }] }],
    }),
    response: readCompletion,
    streamReader,
  };
}

function requestAttributes(params: Params, attributes: Attributes): void {
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['top_p']));
  put(attributes, GEN_AI.requestTopK, integer(params['top_k']));
  put(attributes, GEN_AI.requestMaxTokens, integer(params['max_tokens_to_sample']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop_sequences']));
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

function readCompletion(data: unknown): ResponseFacts {
  const reader = streamReader(true);
  reader.chunk(data);
  return reader.result();
}

/** Every piece of a stream has the form of a whole answer; the last has the reason. */
function streamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  let answer = '';
  return {
    chunk(value) {
      const { id, model, stop_reason: reason, completion } = record(value);
      facts.id ??= text(id);
      facts.model ??= text(model);
      if (typeof reason === 'string') facts.finishReasons = [reason];
      if (captureContent) answer += text(completion) ?? '';
    },
    result() {
      const parts = [{ type: 'text', content: answer }];
      facts.output = () => [
        { role: 'assistant', parts, finish_reason: facts.finishReasons?.[0] ?? 'unknown' },
      ];
      return facts;
    },
  };
}
