import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type ResponseFacts, type SdkTarget } from './adapter.js';
import { openaiEndpoint } from './openai-endpoint.js';
import { readUsage } from './openai-usage.js';
import { integer, put, record, text, texts } from './shape.js';

const API = 'openai.embeddings';

/** OpenAI's embeddings. */
export const embeddings: SdkTarget = {
  name: 'OpenAI.Embeddings.create',
  owner: ['OpenAI', 'Embeddings'],
  clientPath: ['embeddings'],
  method: 'create',
  operation: 'embeddings',
  api: API,
  endpoint: openaiEndpoint,
  view: (params, provider) => ({
    provider,
    operation: 'embeddings',
    api: API,
    model: text(params['model']),
    params,
  }),
  requestAttributes,
  requestContent: () => ({ inputMessages: undefined }), // the conventions have no content for embeddings
  response: readEmbeddings,
  streamReader: () => ({ chunk: () => undefined, result: noFacts }), // embeddings do not stream
};

function requestAttributes(params: Params, attributes: Attributes): void {
  put(attributes, GEN_AI.embeddingsDimensionCount, integer(params['dimensions']));
  put(attributes, GEN_AI.requestEncodingFormats, texts(params['encoding_format']));
}

function readEmbeddings(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  facts.model = text(body['model']);
  readUsage(body['usage'], facts);
  return facts;
}
