import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { ProviderNames } from '../../contract/provider-names.js';
import type { Params } from '../../contract/request.js';
import {
  noFacts,
  type Endpoint,
  type ResponseFacts,
  type SdkAdapter,
  type SdkTarget,
  type StreamReader,
} from './adapter.js';
import { endpointAt } from './endpoint.js';
import { chatContent, ollamaOutput, promptContent } from './ollama-content.js';
import { integer, isRecord, number, put, record, text, texts, type UnknownRecord } from './shape.js';

const PROVIDER = 'ollama';

/** What the three methods of the client share. */
const shared = {
  owner: ['Ollama'],
  clientPath: [],
  endpoint: endpointOfClient,
  requestAttributes,
  response: readAnswer,
  streamReader,
} as const;

const chat: SdkTarget = {
  ...shared,
  name: 'Ollama.chat',
  method: 'chat',
  operation: 'chat',
  api: 'ollama.chat',
  view: viewOf('chat', 'ollama.chat'),
  requestContent: chatContent,
};

const generate: SdkTarget = {
  ...shared,
  name: 'Ollama.generate',
  method: 'generate',
  operation: 'text_completion',
  api: 'ollama.generate',
  view: viewOf('text_completion', 'ollama.generate'),
  requestContent: promptContent,
};

const embed: SdkTarget = {
  ...shared,
  name: 'Ollama.embed',
  method: 'embed',
  operation: 'embeddings',
  api: 'ollama.embed',
  view: viewOf('embeddings', 'ollama.embed'),
  requestAttributes(params, attributes) {
    put(attributes, GEN_AI.embeddingsDimensionCount, integer(params['dimensions']));
  },
  requestContent: () => ({ inputMessages: undefined }), // the conventions have no content for embeddings
  response: readEmbedding,
};

/** Ollama through its own `ollama`. */
export const ollama: SdkAdapter = {
  id: 'ollama',
  module: 'ollama',
  tested: [['0.6.0', '0.7.0']],
  isClient: (client) => isRecord(client) && Array.isArray(client['ongoingStreamedRequests']),
  targets: [chat, generate, embed],
};

function viewOf(operation: string, api: string): SdkTarget['view'] {
  return (params, provider) => ({ provider, operation, api, model: text(params['model']), params });
}

function endpointOfClient(client: unknown, names: ProviderNames): Endpoint {
  const host = text(record(record(client)['config'])['host']);
  return endpointAt(client, host, PROVIDER, names);
}

function requestAttributes(params: Params, attributes: Attributes): void {
  const options = record(params['options']);
  put(attributes, GEN_AI.requestTemperature, number(options['temperature']));
  put(attributes, GEN_AI.requestTopP, number(options['top_p']));
  put(attributes, GEN_AI.requestTopK, integer(options['top_k']));
  put(attributes, GEN_AI.requestFrequencyPenalty, number(options['frequency_penalty']));
  put(attributes, GEN_AI.requestPresencePenalty, number(options['presence_penalty']));
  put(attributes, GEN_AI.requestSeed, integer(options['seed']));
  put(attributes, GEN_AI.requestStopSequences, texts(options['stop']));
  put(attributes, GEN_AI.requestReasoningLevel, text(params['think']));
  const limit = integer(options['num_predict']);
  if (limit !== undefined && limit >= 0) attributes[GEN_AI.requestMaxTokens] = limit; // below 0 means without limit
  if (isJsonFormat(params['format'])) attributes[GEN_AI.outputType] = 'json';
  if (params['stream'] === true) attributes[GEN_AI.requestStream] = true;
}

/** `json`, or a JSON schema. */
function isJsonFormat(format: unknown): boolean {
  return format === 'json' || isRecord(format);
}

function readAnswer(data: unknown): ResponseFacts {
  const facts = noFacts();
  const body = record(data);
  readChunk(body, facts);
  facts.output = () => ollamaOutput(messageOf(body), facts.finishReasons?.[0]);
  return facts;
}

function readEmbedding(data: unknown): ResponseFacts {
  const facts = noFacts();
  facts.model = text(record(data)['model']);
  facts.inputTokens = integer(record(data)['prompt_eval_count']);
  return facts;
}

/** An end without a reason is a normal one: early servers gave none. */
function readChunk(body: UnknownRecord, facts: ResponseFacts): void {
  facts.model ??= text(body['model']);
  if (body['done'] !== true) return;
  facts.finishReasons = [text(body['done_reason']) ?? 'stop'];
  facts.inputTokens = integer(body['prompt_eval_count']);
  facts.outputTokens = integer(body['eval_count']);
}

/** `chat` answers with a message, `generate` with a text beside its thinking. */
function messageOf(body: UnknownRecord): UnknownRecord {
  return isRecord(body['message'])
    ? body['message']
    : { content: body['response'], thinking: body['thinking'] };
}

/** The last chunk has the counts; texts come in pieces, tool calls whole. */
function streamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  const answer = { content: '', thinking: '', tool_calls: [] as unknown[] };
  return {
    chunk(value) {
      const body = record(value);
      readChunk(body, facts);
      if (!captureContent) return;
      const { content, thinking, tool_calls: calls } = messageOf(body);
      answer.content += text(content) ?? '';
      answer.thinking += text(thinking) ?? '';
      if (Array.isArray(calls)) answer.tool_calls.push(...(calls as unknown[]));
    },
    result() {
      facts.output = () => ollamaOutput(answer, facts.finishReasons?.[0]);
      return facts;
    },
  };
}
