import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { ProviderNames } from '../../contract/provider-names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type Endpoint, type ResponseFacts, type SdkAdapter, type SdkTarget } from './adapter.js';
import { camelCaseContent } from './camel-case-content.js';
import { chatStreamReader, readChat } from './cohere-response.js';
import { v1Target } from './cohere-v1.js';
import { endpointAt } from './endpoint.js';
import { prototypeMadeByClient } from './made-by-client.js';
import { integer, number, put, record, text, texts } from './shape.js';

/** Where requests go unless the client says otherwise: `CohereEnvironment.Production`. */
const PRODUCTION = 'https://api.cohere.com';

/** What the methods of API version 2 have in common. */
const v2: Pick<
  SdkTarget,
  'owner' | 'clientPath' | 'locate' | 'locateInClient' | 'endpoint' | 'streamReader'
> = {
  owner: ['CohereClient'],
  clientPath: ['v2'],
  locate: (moduleExports) => prototypeMadeByClient(moduleExports, 'CohereClient', { token: '' }, 'v2'),
  locateInClient,
  endpoint: endpointOfV2,
  streamReader: chatStreamReader,
};

/**
 * `chat()` wraps the promise of this method into one that has `withRawResponse()`. Seen here, the answer is what the
 * caller's promise is made of, and that promise stays the SDK's own; clients that bound `chat` earlier are seen as well.
 */
const chat: SdkTarget = {
  ...v2,
  name: 'Cohere.V2.chat',
  method: '__chat',
  operation: 'chat',
  api: 'cohere.chat',
  view: (params, provider) => view(params, provider, chat),
  requestAttributes,
  requestContent: camelCaseContent,
  response: (answer) => readChat(record(answer)['data']),
};

const chatStream: SdkTarget = {
  ...chat,
  name: 'Cohere.V2.chatStream',
  method: '__chatStream',
  requestAttributes(params, attributes) {
    requestAttributes(params, attributes);
    attributes[GEN_AI.requestStream] = true;
  },
  streamOf: (answer) => record(answer)['data'],
};

const embed: SdkTarget = {
  ...v2,
  name: 'Cohere.V2.embed',
  method: '__embed',
  operation: 'embeddings',
  api: 'cohere.embed',
  view: (params, provider) => view(params, provider, embed),
  requestAttributes(params, attributes) {
    put(attributes, GEN_AI.embeddingsDimensionCount, integer(params['outputDimension']));
    put(attributes, GEN_AI.requestEncodingFormats, texts(params['embeddingTypes']));
  },
  requestContent: () => ({ inputMessages: undefined }), // the conventions have no content for embeddings
  response: (answer) => readEmbeddings(record(answer)['data']),
};

/**
 * Cohere's API through `cohere-ai`. Version 2: `CohereClientV2`, and `v2` of `CohereClient`. Version 1: the chat of
 * `CohereClient`; its `embed()` and `generate()`, and its clients for other clouds' own protocols, are not read.
 */
export const cohere: SdkAdapter = {
  id: 'cohere',
  module: 'cohere-ai',
  tested: [['8.1.0', '9.0.0']],
  targets: [chat, chatStream, embed, v1Target(chat), v1Target(chatStream)],
};

/** `CohereClientV2` keeps it in `clientV2`, `CohereClient` in `v2`. */
function locateInClient(client: unknown): unknown {
  const { clientV2, v2: nested } = record(client);
  return clientV2 ?? nested;
}

function endpointOfV2(resource: unknown, names: ProviderNames): Endpoint {
  const options = record(record(resource)['_options']);
  // Clients for other clouds send requests elsewhere by a function of their own.
  if (typeof options['fetcher'] === 'function') return endpointAt(resource, undefined, 'cohere', names);
  const baseUrl = options['baseUrl'] ?? options['environment'] ?? PRODUCTION;
  return endpointAt(resource, text(baseUrl), 'cohere', names); // a function that gives the address is not called for its sake
}

function view(params: Params, provider: string, { operation, api }: SdkTarget) {
  return { provider, operation, api, model: text(params['model']), params };
}

function requestAttributes(params: Params, attributes: Attributes): void {
  put(attributes, GEN_AI.requestTemperature, number(params['temperature']));
  put(attributes, GEN_AI.requestTopP, number(params['p']));
  put(attributes, GEN_AI.requestTopK, integer(params['k']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(params['frequencyPenalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(params['presencePenalty']));
  put(attributes, GEN_AI.requestMaxTokens, integer(params['maxTokens']));
  put(attributes, GEN_AI.requestSeed, integer(params['seed']));
  put(attributes, GEN_AI.requestStopSequences, texts(params['stopSequences']));
  put(attributes, GEN_AI.outputType, outputType(record(params['responseFormat'])['type']));
  put(attributes, GEN_AI.conversationId, text(params['conversationId'])); // of version 1
}

function outputType(type: unknown): string | undefined {
  if (type === 'json_object') return 'json';
  return type === 'text' ? 'text' : undefined;
}

function readEmbeddings(data: unknown): ResponseFacts {
  const { tokens, billedUnits } = record(record(data)['meta']);
  const facts = noFacts();
  facts.inputTokens = integer(record(billedUnits)['inputTokens']) ?? integer(record(tokens)['inputTokens']);
  return facts;
}
