import { call, messages, sampled, streamed, type AdapterCase } from './semconv-adapter-case.js';

const NOVA = 'amazon.nova-lite-v1:0';
const CLAUDE = 'anthropic.claude-sonnet-4-20250514-v1:0';
const converse = { modelId: NOVA, messages: [{ role: 'user', content: [{ text: 'Name a river.' }] }] };
/** Bedrock counts cached tokens beside the others; its answers name neither themselves nor their model. */
const converseAnswer = {
  'gen_ai.response.finish_reasons': ['end_turn'],
  'gen_ai.usage.input_tokens': 15,
  'gen_ai.usage.cache_read.input_tokens': 10,
  'gen_ai.usage.cache_write.input_tokens': 0,
  'gen_ai.usage.output_tokens': 3,
};
const claudeAnswer = (model: string) => ({
  'gen_ai.response.id': 'msg_bdrk_1',
  'gen_ai.response.model': model,
  'gen_ai.response.finish_reasons': ['end_turn'],
  'gen_ai.usage.input_tokens': 12,
  'gen_ai.usage.output_tokens': 3,
});
const INVOKE = 'aws.bedrock.invoke_model';
const bedrockCall = (api: string, model: string, operation = 'chat') =>
  call(api, 'aws.bedrock', operation, model);
const claude = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 64, messages };

/** Of Amazon Bedrock, by its own SDK and by Anthropic's. */
export const BEDROCK_CASES: readonly AdapterCase[] = [
  {
    title: 'Converse, every parameter',
    ask: 'bedrock.converse',
    params: {
      ...converse,
      inferenceConfig: { temperature: 0.5, topP: 0.9, maxTokens: 64, stopSequences: ['END'] },
      additionalModelRequestFields: { top_k: 40 },
      guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '1' },
      outputConfig: {
        effort: 'low',
        textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{"type":"object"}' } } },
      },
    },
    says: {
      ...bedrockCall('aws.bedrock.converse', NOVA),
      ...sampled,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'aws.bedrock.guardrail.id': 'gr-1',
      ...converseAnswer,
    },
  },
  {
    title: 'ConverseStream',
    ask: 'bedrock.converseStream',
    params: converse,
    streams: true,
    says: { ...bedrockCall('aws.bedrock.converse', NOVA), ...streamed, ...converseAnswer },
  },
  {
    title: 'InvokeModel of Claude',
    ask: 'bedrock.invoke',
    params: { modelId: CLAUDE, ...claude, temperature: 0.5, top_k: 5 },
    says: {
      ...bedrockCall('anthropic.messages', CLAUDE),
      'gen_ai.request.max_tokens': 64,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_k': 5,
      ...claudeAnswer(CLAUDE),
    },
  },
  {
    title: 'InvokeModelWithResponseStream of Claude',
    ask: 'bedrock.invokeStream',
    params: { modelId: CLAUDE, ...claude },
    streams: true,
    says: {
      ...bedrockCall('anthropic.messages', CLAUDE),
      ...streamed,
      'gen_ai.request.max_tokens': 64,
      ...claudeAnswer(CLAUDE),
    },
  },
  {
    title: 'InvokeModel of Titan',
    ask: 'bedrock.invoke',
    params: {
      modelId: 'amazon.titan-text-express-v1',
      inputText: 'Name a river.',
      textGenerationConfig: { temperature: 0.5, topP: 0.9, maxTokenCount: 64, stopSequences: ['END'] },
    },
    says: {
      ...bedrockCall(INVOKE, 'amazon.titan-text-express-v1'),
      ...sampled,
      'gen_ai.response.finish_reasons': ['FINISH'],
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 3,
    },
  },
  {
    title: 'InvokeModelWithResponseStream of Llama',
    ask: 'bedrock.invokeStream',
    params: { modelId: 'meta.llama3-70b-instruct-v1:0', prompt: 'Name a river.', max_gen_len: 64 },
    streams: true,
    says: {
      ...bedrockCall(INVOKE, 'meta.llama3-70b-instruct-v1:0'),
      ...streamed,
      'gen_ai.request.max_tokens': 64,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 3,
    },
  },
  {
    title: 'InvokeModel of an embedding model',
    ask: 'bedrock.invoke',
    params: { modelId: 'amazon.titan-embed-text-v2:0', inputText: 'A river', dimensions: 256 },
    type: 'embeddings',
    says: {
      ...bedrockCall(INVOKE, 'amazon.titan-embed-text-v2:0', 'embeddings'),
      'gen_ai.embeddings.dimension.count': 256,
      'gen_ai.usage.input_tokens': 4,
    },
  },
  {
    title: "Anthropic's client",
    ask: 'anthropic-bedrock.create',
    params: { model: CLAUDE, max_tokens: 64, messages },
    says: {
      ...bedrockCall('anthropic.messages', CLAUDE),
      'gen_ai.request.max_tokens': 64,
      ...claudeAnswer(CLAUDE),
    },
  },
];

const LLAMA = 'llama3.2';
const options = {
  temperature: 0.5,
  top_p: 0.9,
  top_k: 40,
  num_predict: 64,
  seed: 7,
  stop: ['END'],
  frequency_penalty: 0.25,
  presence_penalty: 0.75,
};
const ollamaAnswer = {
  'gen_ai.response.model': LLAMA,
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': 26,
  'gen_ai.usage.output_tokens': 3,
};

/** Of Ollama. */
export const OLLAMA_CASES: readonly AdapterCase[] = [
  {
    title: 'every parameter',
    ask: 'ollama.chat',
    params: { model: LLAMA, messages, options, think: 'high', format: 'json' },
    says: {
      ...call('ollama.chat', 'ollama', 'chat', LLAMA),
      ...sampled,
      'gen_ai.request.frequency_penalty': 0.25,
      'gen_ai.request.presence_penalty': 0.75,
      'gen_ai.request.seed': 7,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.reasoning.level': 'high',
      'gen_ai.output.type': 'json',
      ...ollamaAnswer,
    },
  },
  {
    title: 'stream',
    ask: 'ollama.generate',
    params: { model: LLAMA, prompt: 'Name a river.', stream: true },
    streams: true,
    says: { ...call('ollama.generate', 'ollama', 'text_completion', LLAMA), ...streamed, ...ollamaAnswer },
  },
  {
    title: 'embeddings',
    ask: 'ollama.embed',
    params: { model: 'embeddinggemma', input: 'A river', dimensions: 256 },
    type: 'embeddings',
    says: {
      ...call('ollama.embed', 'ollama', 'embeddings', 'embeddinggemma'),
      'gen_ai.embeddings.dimension.count': 256,
      'gen_ai.response.model': 'embeddinggemma',
      'gen_ai.usage.input_tokens': 4,
    },
  },
];
