import {
  call,
  messages,
  penalised,
  sampled,
  seeded,
  streamed,
  type AdapterCase,
} from './semconv-adapter-case.js';

const COMMAND = 'command-a-03-2025';
/** As billed, not as the model counted, where Cohere tells both. */
const commandAnswer = {
  'gen_ai.response.id': 'chat-1',
  'gen_ai.response.finish_reasons': ['COMPLETE'],
  'gen_ai.usage.input_tokens': 8,
  'gen_ai.usage.cache_read.input_tokens': 4,
  'gen_ai.usage.output_tokens': 5,
};

/** Of Cohere's SDK, both versions of its API. */
export const COHERE_CASES: readonly AdapterCase[] = [
  {
    title: 'every parameter',
    ask: 'cohere.chat',
    params: {
      model: COMMAND,
      messages,
      temperature: 0.5,
      p: 0.9,
      k: 40,
      maxTokens: 64,
      stopSequences: ['END'],
      frequencyPenalty: 0.25,
      presencePenalty: 0.75,
      seed: 7,
      responseFormat: { type: 'json_object' },
    },
    says: {
      ...call('cohere.chat', 'cohere', 'chat', COMMAND),
      ...sampled,
      ...penalised,
      ...seeded,
      'gen_ai.request.top_k': 40,
      'gen_ai.output.type': 'json',
      ...commandAnswer,
    },
  },
  {
    title: 'stream',
    ask: 'cohere.stream',
    params: { model: COMMAND, messages },
    streams: true,
    says: { ...call('cohere.chat', 'cohere', 'chat', COMMAND), ...streamed, ...commandAnswer },
  },
  {
    title: 'every parameter of version 1',
    ask: 'cohere.v1.chat',
    params: {
      model: COMMAND,
      message: 'Name a river.',
      chatHistory: [{ role: 'CHATBOT', message: 'Yes?' }],
      preamble: 'Be brief.',
      conversationId: 'c-1',
      temperature: 0.5,
      p: 0.9,
      k: 40,
      maxTokens: 64,
      stopSequences: ['END'],
      frequencyPenalty: 0.25,
      presencePenalty: 0.75,
      seed: 7,
    },
    says: {
      ...call('cohere.v1.chat', 'cohere', 'chat', COMMAND),
      ...sampled,
      ...penalised,
      ...seeded,
      'gen_ai.request.top_k': 40,
      'gen_ai.conversation.id': 'c-1',
      ...commandAnswer,
      'gen_ai.response.id': 'generation-1',
    },
  },
  {
    title: 'stream of version 1',
    ask: 'cohere.v1.stream',
    params: { model: COMMAND, message: 'Name a river.' },
    streams: true,
    says: {
      ...call('cohere.v1.chat', 'cohere', 'chat', COMMAND),
      ...streamed,
      ...commandAnswer,
      'gen_ai.response.id': 'generation-1',
    },
  },
  {
    title: 'embeddings',
    ask: 'cohere.embed',
    params: {
      model: 'embed-v4.0',
      inputType: 'search_query',
      texts: ['A river'],
      embeddingTypes: ['float'],
      outputDimension: 256,
    },
    type: 'embeddings',
    says: {
      ...call('cohere.embed', 'cohere', 'embeddings', 'embed-v4.0'),
      'gen_ai.embeddings.dimension.count': 256,
      'gen_ai.request.encoding_formats': ['float'],
      'gen_ai.usage.input_tokens': 3,
    },
  },
];
