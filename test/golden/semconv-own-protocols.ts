import {
  call,
  messages,
  penalised,
  sampled,
  seeded,
  streamed,
  type AdapterCase,
} from './semconv-adapter-case.js';

const GEMINI = 'gemini-2.5-flash';
const gemini = {
  'gen_ai.response.id': 'response-1',
  'gen_ai.response.model': 'gemini-2.5-flash-001',
  'gen_ai.response.finish_reasons': ['STOP'],
  'gen_ai.usage.input_tokens': 12,
  'gen_ai.usage.text.input_tokens': 10,
  'gen_ai.usage.image.input_tokens': 2,
  'gen_ai.usage.cache_read.input_tokens': 4,
  'gen_ai.usage.text.cache_read.input_tokens': 4,
  'gen_ai.usage.output_tokens': 8,
  'gen_ai.usage.text.output_tokens': 5,
  'gen_ai.usage.reasoning.output_tokens': 3,
};
const geminiConfig = {
  temperature: 0.5,
  topP: 0.9,
  topK: 40,
  maxOutputTokens: 64,
  stopSequences: ['END'],
  frequencyPenalty: 0.25,
  presencePenalty: 0.75,
  seed: 7,
  candidateCount: 2,
  responseMimeType: 'application/json',
  thinkingConfig: { thinkingLevel: 'LOW' },
};

const google: readonly AdapterCase[] = [
  {
    title: 'every parameter',
    ask: 'google.generate',
    params: { model: `models/${GEMINI}`, contents: 'Name a river.', config: geminiConfig },
    says: {
      ...call('google.generate_content', 'gcp.gemini', 'generate_content', GEMINI),
      ...sampled,
      ...penalised,
      ...seeded,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.reasoning.level': 'LOW',
      'gen_ai.output.type': 'json',
      ...gemini,
    },
  },
  {
    title: 'stream',
    ask: 'google.stream',
    params: { model: GEMINI, contents: 'Name a river.', config: { candidateCount: 1 } },
    streams: true,
    says: {
      ...call('google.generate_content', 'gcp.gemini', 'generate_content', GEMINI),
      ...streamed,
      ...gemini,
    },
  },
  {
    title: 'embeddings',
    ask: 'google.embed',
    params: { model: 'gemini-embedding-001', contents: 'A river', config: { outputDimensionality: 16 } },
    type: 'embeddings',
    says: {
      ...call('google.embed_content', 'gcp.gemini', 'embeddings', 'gemini-embedding-001'),
      'gen_ai.embeddings.dimension.count': 16,
      'gen_ai.usage.input_tokens': 3,
    },
  },
  {
    title: 'embeddings',
    ask: 'vertex.embed',
    params: { model: 'text-embedding-005', contents: 'A river' },
    type: 'embeddings',
    says: {
      ...call('google.embed_content', 'gcp.vertex_ai', 'embeddings', 'text-embedding-005'),
      'gen_ai.usage.input_tokens': 3,
    },
  },
];

const MISTRAL = 'mistral-small-latest';
const mistralAnswer = {
  'gen_ai.response.id': 'cmpl-1',
  'gen_ai.response.model': MISTRAL,
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': 12,
  'gen_ai.usage.cache_read.input_tokens': 4,
  'gen_ai.usage.output_tokens': 5,
};

const mistral: readonly AdapterCase[] = [
  {
    title: 'every parameter',
    ask: 'mistral.chat',
    params: {
      model: MISTRAL,
      messages,
      temperature: 0.5,
      topP: 0.9,
      maxTokens: 64,
      stop: 'END',
      frequencyPenalty: 0.25,
      presencePenalty: 0.75,
      randomSeed: 7,
      n: 2,
      reasoningEffort: 'high',
      responseFormat: { type: 'json_object' },
    },
    says: {
      ...call('mistral.chat', 'mistral_ai', 'chat', MISTRAL),
      ...sampled,
      ...penalised,
      ...seeded,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.reasoning.level': 'high',
      'gen_ai.output.type': 'json',
      ...mistralAnswer,
    },
  },
  {
    title: 'stream',
    ask: 'mistral.stream',
    params: { model: MISTRAL, messages },
    streams: true,
    says: { ...call('mistral.chat', 'mistral_ai', 'chat', MISTRAL), ...streamed, ...mistralAnswer },
  },
  {
    title: 'fill in the middle',
    ask: 'mistral.fim',
    params: { model: 'codestral-2508', prompt: 'def', suffix: 'end', maxTokens: 64 },
    says: {
      ...call('mistral.fim', 'mistral_ai', 'text_completion', 'codestral-2508'),
      'gen_ai.request.max_tokens': 64,
      ...mistralAnswer,
      'gen_ai.response.model': 'codestral-2508',
    },
  },
  {
    title: 'embeddings',
    ask: 'mistral.embed',
    params: { model: 'codestral-embed', inputs: ['A river'], outputDimension: 16, encodingFormat: 'float' },
    type: 'embeddings',
    says: {
      ...call('mistral.embeddings', 'mistral_ai', 'embeddings', 'codestral-embed'),
      'gen_ai.embeddings.dimension.count': 16,
      'gen_ai.request.encoding_formats': ['float'],
      'gen_ai.response.model': 'codestral-embed',
      'gen_ai.usage.input_tokens': 3,
    },
  },
];

/** Of Google's and Mistral's SDKs. */
export const OWN_PROTOCOL_CASES: readonly AdapterCase[] = [...google, ...mistral];
