import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { ProviderNames } from '../../contract/provider-names.js';
import type { Params } from '../../contract/request.js';
import type { Endpoint, ParamsAccess, SdkAdapter, SdkTarget } from './adapter.js';
import { endpointAt } from './endpoint.js';
import { googleEmbeddings } from './google-genai-embeddings.js';
import { googleContent } from './google-genai-content.js';
import { readGenerated, generatedStreamReader } from './google-genai-response.js';
import { integer, isRecord, list, number, put, record, text, texts } from './shape.js';

const API = 'google.generate_content';

/**
 * Of the configuration, what says where the request goes, on whose account, and whether it goes on: neither shown to
 * patterns nor open to fixes.
 */
const CLOSED = ['httpOptions', 'abortSignal'] as const;

/**
 * The parameters without what is closed. The closed fields are put back by reference when a fix applied.
 */
const access: ParamsAccess = {
  read([params]) {
    const config = isRecord(params) ? params['config'] : undefined;
    if (!isRecord(params) || !isRecord(config) || !CLOSED.some((key) => key in config)) return params;
    const { httpOptions: _options, abortSignal: _signal, ...open } = config;
    return { ...params, config: open };
  },
  write(args, params) {
    const before = record(record(args[0])['config']);
    const kept = CLOSED.filter((key) => key in before).map((key) => [key, before[key]] as const);
    args[0] =
      kept.length > 0
        ? { ...params, config: { ...record(params['config']), ...Object.fromEntries(kept) } }
        : params;
  },
};

/**
 * `generateContent()`, its automatic function calling and continuation, and chats: each model request of theirs goes
 * through this method, so each has a span of its own.
 */
const generateContent: SdkTarget = {
  name: 'Models.generateContent',
  owner: ['Models'],
  clientPath: ['models'],
  method: 'generateContentInternal',
  access,
  operation: 'generate_content',
  api: API,
  endpoint: endpointOfModels,
  view: (params, provider) => ({
    provider,
    operation: 'generate_content',
    api: API,
    model: modelOf(params),
    params,
  }),
  requestAttributes,
  requestContent: googleContent,
  response: readGenerated,
  streamReader: generatedStreamReader,
};

const generateContentStream: SdkTarget = {
  ...generateContent,
  name: 'Models.generateContentStream',
  method: 'generateContentStreamInternal',
  requestAttributes(params, attributes) {
    requestAttributes(params, attributes);
    attributes[GEN_AI.requestStream] = true;
  },
};

const embedContent: SdkTarget = {
  ...generateContent,
  ...googleEmbeddings,
  view: (params, provider) => ({
    provider,
    operation: googleEmbeddings.operation,
    api: googleEmbeddings.api,
    model: modelOf(params),
    params,
  }),
};

/** The Gemini API and Vertex AI through `@google/genai`. */
export const googleGenai: SdkAdapter = {
  id: 'google-genai',
  module: '@google/genai',
  tested: [['3.1.0', '4.0.0']],
  targets: [generateContent, generateContentStream, embedContent],
};

function endpointOfModels(models: unknown, names: ProviderNames): Endpoint {
  const client = record(models)['apiClient'];
  const options = record(record(client)['clientOptions']);
  const provider = options['vertexai'] === true ? 'gcp.vertex_ai' : 'gcp.gemini';
  return endpointAt(client, text(record(options['httpOptions'])['baseUrl']), provider, names);
}

/** The model without the resource it is addressed by: `models/`, `publishers/google/models/`, `projects/…/models/`. */
function modelOf(params: Params): string | undefined {
  return text(params['model'])?.replace(/^(?:.*\/)?models\//, '');
}

function requestAttributes(params: Params, attributes: Attributes): void {
  const config = record(params['config']);
  const candidates = integer(config['candidateCount']);
  put(attributes, GEN_AI.requestTemperature, number(config['temperature']));
  put(attributes, GEN_AI.requestTopP, number(config['topP']));
  put(attributes, GEN_AI.requestTopK, integer(config['topK']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(config['frequencyPenalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(config['presencePenalty']));
  put(attributes, GEN_AI.requestMaxTokens, integer(config['maxOutputTokens']));
  put(attributes, GEN_AI.requestSeed, integer(config['seed']));
  put(attributes, GEN_AI.requestStopSequences, texts(config['stopSequences']));
  put(attributes, GEN_AI.requestReasoningLevel, text(record(config['thinkingConfig'])['thinkingLevel']));
  put(attributes, GEN_AI.outputType, outputType(config));
  if (candidates !== 1) put(attributes, GEN_AI.requestChoiceCount, candidates);
}

function outputType(config: Params): string | undefined {
  if (config['responseMimeType'] === 'application/json') return 'json';
  if (config['responseMimeType'] === 'text/plain') return 'text';
  const modalities = list(config['responseModalities']);
  if (modalities.includes('IMAGE')) return 'image';
  return modalities.includes('AUDIO') ? 'speech' : undefined;
}
