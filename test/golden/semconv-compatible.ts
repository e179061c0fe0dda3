import { ANY, call, messages, sampled, streamed, type AdapterCase } from './semconv-adapter-case.js';

const LLAMA = 'llama3.2';
const openaiCall = (provider: string, model: string) =>
  call('openai.chat.completions', provider, 'chat', model);
const completion = (model: string) => ({
  'gen_ai.response.id': ANY,
  'gen_ai.response.model': model,
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': ANY,
  'gen_ai.usage.cache_read.input_tokens': 0,
  'gen_ai.usage.output_tokens': ANY,
  'gen_ai.usage.reasoning.output_tokens': 0,
});
const embedding = (provider: string) => ({
  params: { model: 'm2-bert', input: 'A river', encoding_format: 'float' },
  type: 'embeddings' as const,
  says: {
    ...call('openai.embeddings', provider, 'embeddings', 'm2-bert'),
    'gen_ai.request.encoding_formats': ['float'],
    'gen_ai.response.model': 'm2-bert',
    'gen_ai.usage.input_tokens': ANY,
  },
});
const everyParameter = {
  model: LLAMA,
  messages,
  temperature: 0.5,
  top_p: 0.9,
  max_tokens: 64,
  stop: 'END',
  frequency_penalty: 0.25,
  presence_penalty: 0.75,
  seed: 7,
  response_format: { type: 'text' },
};
const everyParameterSays = {
  ...sampled,
  'gen_ai.request.frequency_penalty': 0.25,
  'gen_ai.request.presence_penalty': 0.75,
  'gen_ai.request.seed': 7,
  'gen_ai.output.type': 'text',
};
const withUsage = { model: LLAMA, messages, stream: true, stream_options: { include_usage: true } };
const OPENAI_TOLD = {
  'openai.response.service_tier': 'default',
  'openai.response.system_fingerprint': ANY,
};

/** Of what speaks OpenAI's and Anthropic's protocols: other SDKs, and `fetch` alone. */
export const COMPATIBLE_CASES: readonly AdapterCase[] = [
  {
    title: 'every parameter',
    ask: 'groq.chat',
    params: everyParameter,
    says: { ...openaiCall('groq', LLAMA), ...everyParameterSays, ...completion(LLAMA) },
  },
  {
    title: 'stream',
    ask: 'groq.chat',
    params: withUsage,
    streams: true,
    says: { ...openaiCall('groq', LLAMA), ...streamed, ...completion(LLAMA) },
  },
  { title: 'embeddings', ask: 'groq.embed', ...embedding('groq') },
  {
    title: 'every parameter',
    ask: 'together.chat',
    params: everyParameter,
    says: {
      ...openaiCall('together_ai', LLAMA),
      ...everyParameterSays,
      ...completion(LLAMA),
    },
  },
  { title: 'embeddings', ask: 'together.embed', ...embedding('together_ai') },
  {
    title: 'chat completions, stream',
    ask: 'fetch.chat',
    params: withUsage,
    streams: true,
    says: {
      ...openaiCall('openai', LLAMA),
      ...streamed,
      'openai.api.type': 'chat_completions',
      ...completion(LLAMA),
      ...OPENAI_TOLD,
    },
  },
  {
    title: 'responses',
    ask: 'fetch.responses',
    params: { model: 'gpt-4o', input: 'Name a river.', max_output_tokens: 64 },
    says: {
      ...call('openai.responses', 'openai', 'chat', 'gpt-4o'),
      'gen_ai.request.max_tokens': 64,
      'openai.api.type': 'responses',
      'openai.response.service_tier': 'default',
      ...completion('gpt-4o'),
      'gen_ai.response.finish_reasons': ['completed'],
      'gen_ai.usage.cache_write.input_tokens': 0,
    },
  },
  {
    title: 'messages',
    ask: 'fetch.messages',
    params: { model: 'claude-sonnet-4-6', max_tokens: 64, messages },
    says: {
      ...call('anthropic.messages', 'anthropic', 'chat', 'claude-sonnet-4-6'),
      'gen_ai.request.max_tokens': 64,
      'gen_ai.response.id': ANY,
      'gen_ai.response.model': 'claude-sonnet-4-6',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.usage.input_tokens': ANY,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.cache_write.input_tokens': 0,
      'gen_ai.usage.output_tokens': ANY,
    },
  },
];
