import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { noFacts, type RequestContent, type SdkTarget, type StreamReader } from './adapter.js';
import { messages as anthropicMessages } from './anthropic.js';
import { noteForeign, readForeign, readMetrics, textOfForeign } from './bedrock-answers.js';
import { observeCallback } from './bedrock-command.js';
import { bodyAccess, mentionsKey, readJson } from './bedrock-body.js';
import { converseContent, converseOutput } from './bedrock-content.js';
import { converse } from './bedrock-converse.js';
import { integer, isRecord, number, put, record, text, texts, type UnknownRecord } from './shape.js';

const API = 'aws.bedrock.invoke_model';

/** Models whose answers are pictures or films: no inference of text, so no span. */
const IMAGES = /stability\.|-image|nova-canvas|nova-reel|luma\./;
const EMBEDDINGS = /embed/;

/** Any model but Claude, by `InvokeModel`: the body is in the model's own terms. */
const foreign: SdkTarget = {
  ...converse,
  api: API,
  access: bodyAccess,
  view: (params, provider) => ({
    provider,
    operation: 'chat',
    api: API,
    model: text(params['model']),
    params,
  }),
  requestAttributes,
  requestContent,
  response: (data) => readForeign(record(readJson(record(data)['body']))),
  streamReader: foreignReader,
};

/** Embedding models of all families. */
const embeddings: SdkTarget = {
  ...foreign,
  operation: 'embeddings',
  view: (params, provider) => ({ ...foreign.view(params, provider), operation: 'embeddings' }),
  requestAttributes(params, attributes) {
    put(attributes, GEN_AI.embeddingsDimensionCount, integer(params['dimensions']));
  },
  requestContent: () => ({ inputMessages: undefined }), // the conventions have no content for embeddings
};

/** Claude by `InvokeModel`: Anthropic's messages, so their patterns apply. */
const claude: SdkTarget = {
  ...anthropicMessages,
  name: converse.name,
  owner: converse.owner,
  clientPath: converse.clientPath,
  method: converse.method,
  endpoint: converse.endpoint,
  access: bodyAccess,
  observeCallback,
  response: (data) => anthropicMessages.response(readJson(record(data)['body'])),
  streamReader: claudeReader,
};

/** The streamed forms of these. */
const streams = new Map([foreign, claude].map((target) => [target, streamed(target)]));

/**
 * The target of one `InvokeModelCommand` or `InvokeModelWithResponseStreamCommand`.
 * @returns undefined for a model that makes pictures.
 */
export function invokeTarget(command: unknown, isStream: boolean): SdkTarget | undefined {
  const { modelId, body } = record(record(command)['input']);
  const model = text(modelId) ?? '';
  if (EMBEDDINGS.test(model)) return embeddings;
  if (IMAGES.test(model)) return undefined;
  // Bedrock demands this key of every request to Claude, and the model may hide behind the name of a profile.
  const target = mentionsKey(body, 'anthropic_version') ? claude : foreign;
  return isStream ? streams.get(target) : target;
}

function streamed(target: SdkTarget): SdkTarget {
  return {
    ...target,
    requestAttributes(params, attributes) {
      target.requestAttributes(params, attributes);
      attributes[GEN_AI.requestStream] = true;
    },
    streamOf: (data) => record(data)['body'],
  };
}

/** Families put sampling at the top, under a config of their own (Titan), or under Converse's (Nova). */
function requestAttributes(params: Params, attributes: Attributes): void {
  const own = { ...params, ...record(params['textGenerationConfig']), ...record(params['inferenceConfig']) };
  put(attributes, GEN_AI.requestTemperature, number(own['temperature']));
  put(attributes, GEN_AI.requestTopP, number(own['top_p']) ?? number(own['topP']) ?? number(own['p']));
  put(attributes, GEN_AI.requestTopK, integer(own['top_k']) ?? integer(own['topK']) ?? integer(own['k']));
  put(attributes, GEN_AI.requestMaxTokens, maxTokens(own));
  put(attributes, GEN_AI.requestSeed, integer(own['seed']));
  const stop = own['stop'] ?? own['stopSequences'] ?? own['stop_sequences'];
  put(attributes, GEN_AI.requestStopSequences, texts(stop));
}

function maxTokens(own: UnknownRecord): number | undefined {
  const names = [
    'max_tokens',
    'max_completion_tokens',
    'max_gen_len',
    'maxTokens',
    'maxTokenCount',
    'max_new_tokens',
  ];
  return names.map((name) => integer(own[name])).find((limit) => limit !== undefined);
}

function requestContent(params: Params): RequestContent {
  const prompt = text(params['prompt']) ?? text(params['inputText']) ?? text(params['message']);
  if (prompt === undefined) return converseContent(params);
  return { inputMessages: [{ role: 'user', parts: [{ type: 'text', content: prompt }] }] };
}

/** Chunks are bytes of JSON. */
function pieceOf(value: unknown): UnknownRecord {
  return record(readJson(record(record(value)['chunk'])['bytes']));
}

function foreignReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  let answer = '';
  return {
    chunk(value) {
      const piece = pieceOf(value);
      noteForeign(piece, facts);
      if (captureContent) answer += textOfForeign(piece);
    },
    result() {
      facts.output = () => converseOutput([{ text: answer }], facts.finishReasons?.[0]);
      return facts;
    },
  };
}

function claudeReader(captureContent: boolean): StreamReader {
  const reader = anthropicMessages.streamReader(captureContent);
  const metrics = noFacts();
  return {
    chunk(value) {
      const piece = pieceOf(value);
      reader.chunk(piece);
      if (isRecord(piece['amazon-bedrock-invocationMetrics']))
        readMetrics(piece['amazon-bedrock-invocationMetrics'], metrics);
    },
    result() {
      const facts = reader.result();
      facts.inputTokens ??= metrics.inputTokens;
      facts.outputTokens ??= metrics.outputTokens;
      return facts;
    },
  };
}
