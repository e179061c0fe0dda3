import { GEN_AI } from '../../contract/names.js';
import { noFacts, type ResponseFacts, type SdkTarget } from './adapter.js';
import { integer, list, put, record } from './shape.js';

/** What `embedContent()` has of its own; the rest is as for generated content. */
type Embeddings = Pick<
  SdkTarget,
  'name' | 'method' | 'operation' | 'api' | 'requestAttributes' | 'requestContent' | 'response'
>;

/** `embedContent()` of the Gemini API and of Vertex AI. */
export const googleEmbeddings: Embeddings = {
  name: 'Models.embedContent',
  method: 'embedContentInternal',
  operation: 'embeddings',
  api: 'google.embed_content',
  requestAttributes(params, attributes) {
    put(
      attributes,
      GEN_AI.embeddingsDimensionCount,
      integer(record(params['config'])['outputDimensionality']),
    );
  },
  requestContent: () => ({ inputMessages: undefined }),
  response: readEmbeddings,
};

/** The Gemini API counts the tokens of the request, Vertex AI those of each text. */
function readEmbeddings(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  const counts = list(body['embeddings']).map((item) =>
    integer(record(record(item)['statistics'])['tokenCount']),
  );
  facts.inputTokens =
    integer(record(body['usageMetadata'])['promptTokenCount']) ??
    (counts.some((count) => count !== undefined)
      ? counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
      : undefined);
  return facts;
}
