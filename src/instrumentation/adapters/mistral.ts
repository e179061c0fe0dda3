import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { ProviderNames } from '../../contract/provider-names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type Endpoint, type ResponseFacts, type SdkAdapter, type SdkTarget } from './adapter.js';
import { camelCaseContent } from './camel-case-content.js';
import { endpointAt } from './endpoint.js';
import { prototypeMadeByClient } from './made-by-client.js';
import { muteMistral, tracedByMistral } from './mistral-native.js';
import { completionStreamReader, readCompletion, readMistralUsage } from './mistral-response.js';
import { integer, isRecord, number, put, record, text, texts } from './shape.js';

/** The resources of a client, and what their methods have in common. */
type Resource = Pick<SdkTarget, 'clientPath' | 'operation' | 'api' | 'requestAttributes' | 'requestContent'>;

const CHAT: Resource = {
  clientPath: ['chat'],
  operation: 'chat',
  api: 'mistral.chat',
  requestAttributes,
  requestContent: camelCaseContent,
};

/** Chat with an agent kept by Mistral, which knows the model. */
const AGENTS: Resource = { ...CHAT, clientPath: ['agents'], api: 'mistral.agents' };

/** Fills in the middle of code: a prompt, a suffix, and the answers of chat. */
const FIM: Resource = {
  clientPath: ['fim'],
  operation: 'text_completion',
  api: 'mistral.fim',
  requestAttributes,
  requestContent: ({ prompt }) => ({
    inputMessages: [{ role: 'user', parts: [{ type: 'text', content: prompt }] }],
  }),
};

const EMBEDDINGS: Resource = {
  clientPath: ['embeddings'],
  operation: 'embeddings',
  api: 'mistral.embeddings',
  requestAttributes(params, attributes) {
    put(attributes, GEN_AI.embeddingsDimensionCount, integer(params['outputDimension']));
    put(attributes, GEN_AI.requestEncodingFormats, texts(params['encodingFormat']));
  },
  requestContent: () => ({ inputMessages: undefined }), // the conventions have no content for embeddings
};

/** Mistral's API through `@mistralai/mistralai`. `parse` and `parseStream` do not go through the other two methods. */
export const mistral: SdkAdapter = {
  id: 'mistral',
  module: '@mistralai/mistralai',
  tested: [['2.7.0', '3.0.0']],
  mute: muteMistral,
  targets: [
    target(CHAT, 'complete'),
    streaming(target(CHAT, 'stream')),
    target(CHAT, 'parse'),
    streaming(target(CHAT, 'parseStream')),
    target(AGENTS, 'complete'),
    streaming(target(AGENTS, 'stream')),
    target(FIM, 'complete'),
    streaming(target(FIM, 'stream')),
    { ...target(EMBEDDINGS, 'create'), response: readEmbeddings },
  ],
};

function target(resource: Resource, method: string): SdkTarget {
  const [name = ''] = resource.clientPath;
  return {
    ...resource,
    name: `Mistral.${name}.${method}`,
    owner: ['Mistral'],
    method,
    locate: (moduleExports) => prototypeMadeByClient(moduleExports, 'Mistral', { apiKey: 'none' }, name),
    endpoint: endpointOfResource,
    view: (params, provider) => ({
      provider,
      operation: resource.operation,
      api: resource.api,
      model: text(params['model']),
      params,
    }),
    tracesItself: tracedByMistral,
    response: readCompletion,
    streamReader: completionStreamReader,
  };
}

function streaming(plain: SdkTarget): SdkTarget {
  return {
    ...plain,
    requestAttributes(params, attributes) {
      plain.requestAttributes(params, attributes);
      attributes[GEN_AI.requestStream] = true;
    },
  };
}

/** A resource is itself the client: it holds the base URL. */
function endpointOfResource(resource: unknown, names: ProviderNames): Endpoint {
  const baseUrl = record(resource)['_baseURL'];
  return endpointAt(resource, baseUrl instanceof URL ? baseUrl.href : undefined, 'mistral_ai', names);
}

function requestAttributes(params: Params, attributes: Attributes): void {
  const choices = integer(params['n']);
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['topP']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(params['frequencyPenalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(params['presencePenalty']));
  put(attributes, GEN_AI.requestMaxTokens, integer(params['maxTokens']));
  put(attributes, GEN_AI.requestSeed, integer(params['randomSeed']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stop']));
  put(attributes, GEN_AI.requestReasoningLevel, text(params['reasoningEffort']));
  put(attributes, GEN_AI.outputType, outputType(params['responseFormat']));
  if (choices !== 1) put(attributes, GEN_AI.requestChoiceCount, choices);
}

/** `parse` takes a zod schema where the others take `{ type }`. */
function outputType(format: unknown): string | undefined {
  if (!isRecord(format)) return undefined;
  const { type } = format;
  if (type === 'text') return 'text';
  return type === 'json_object' || type === 'json_schema' || typeof format['safeParse'] === 'function'
    ? 'json'
    : undefined;
}

function readEmbeddings(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  facts.model = text(body['model']);
  readMistralUsage(body['usage'], facts);
  facts.outputTokens = undefined; // always sent, always 0
  return facts;
}
