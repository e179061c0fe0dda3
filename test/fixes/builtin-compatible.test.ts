import test from 'ava';
import type { RequestView } from '../../src/contract/request.js';
import { factOf, createFacts } from '../../src/patterns/facts.js';
import { openaiRequest } from '../patterns/requests.js';
import { messages, passes, repairs, run, settles } from './builtin.js';
import { generateChat } from './generate-chat.js';
import { createDice } from './generate-request.js';

const chat = (provider: string, params: object): RequestView =>
  openaiRequest({ messages, ...params }, provider);
const own = (api: string, provider: string, params: Readonly<Record<string, unknown>>): RequestView => ({
  ...openaiRequest(params, provider),
  api,
});
const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }];
const calling = (id: string, rest: object = {}) => ({
  role: 'assistant',
  content: '',
  tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: '{}' } }],
  ...rest,
});
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: '4' });

test(
  'compatible servers: what is repaired once needs no second repair, over generated requests',
  settles,
  generateChat,
  3000,
);

test('compatible servers: what a finding is about is gone after the repairs', (t) => {
  const gone: Readonly<Record<string, readonly string[]>> = {
    mistral_ai: [
      'developer_role',
      'tool_id_not_nine',
      'stray_message_field',
      'user_after_tool',
      'empty_assistant',
    ],
    perplexity: ['developer_role', 'repeated_role', 'late_system', 'first_assistant', 'last_assistant'],
    groq: ['stray_message_field', 'reasoning_content_in_history', 'malformed_arguments'],
  };
  for (let seed = 0; seed < 3000; seed += 1) {
    const view = generateChat(createDice(seed));
    const { params } = run(view);
    const found = factOf(createFacts({ ...view, params }), 'findings');
    const left = gone[view.provider]?.filter((name) => Array.isArray(found) && found.includes(name)) ?? [];
    if (left.length > 0) return t.fail(`seed ${seed}: ${left.join()} in ${JSON.stringify(params)}`);
  }
  t.pass();
});

const long = 'A line of a report. '.repeat(1_000);
test(
  'Ollama’s context',
  repairs,
  own('ollama.chat', 'ollama', {
    model: 'llama3.2',
    messages: [{ role: 'user', content: long }],
    options: { seed: 1 },
  }),
  'ollama.context.prompt-cut',
  { options: { seed: 1, num_ctx: 8_192 } },
);
test(
  'Ollama’s context with a long answer',
  repairs,
  own('ollama.generate', 'ollama', { model: 'llama3.2', prompt: long, options: { num_predict: 9_000 } }),
  'ollama.context.generate-prompt-cut',
  { options: { num_predict: 9_000, num_ctx: 16_384 } },
);
test(
  'Mistral by its own SDK',
  repairs,
  own('mistral.chat', 'mistral_ai', {
    model: 'mistral-small-latest',
    messages: [
      ...messages,
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ id: 'call_1', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', toolCallId: 'call_1', content: '4' },
    ],
  }),
  'mistral.tool-calls.id',
  {
    messages: [
      ...messages,
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ id: 'ca7070761', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', toolCallId: 'ca7070761', content: '4' },
    ],
  },
);
test(
  'a Kimi that must not think takes another temperature',
  repairs,
  chat('moonshot_ai', { model: 'kimi-k2.5', tools, tool_choice: 'required', temperature: 1 }),
  'moonshot.sampling.fixed-not-thinking',
  { thinking: { type: 'disabled' }, temperature: undefined, tool_choice: 'required' },
);

test(
  'Mistral with nine characters',
  passes,
  chat('mistral_ai', { messages: [...messages, calling('aB3dE6gH9'), result('aB3dE6gH9')], tools }),
);
test('Mistral with two user messages', passes, chat('mistral_ai', { messages: [...messages, ...messages] }));
test(
  'Mistral with a user message that is a list',
  passes,
  chat('mistral_ai', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi.' }] }] }),
);
test(
  'DeepSeek without thinking',
  passes,
  chat('deepseek', {
    model: 'deepseek-chat',
    messages: [...messages, calling('a'), result('a')],
    tools,
    tool_choice: 'required',
  }),
);
test(
  'DeepSeek with an image beside the text',
  passes,
  chat('deepseek', {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi.' },
          { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
        ],
      },
    ],
  }),
);
test(
  'Qwen in a stream',
  passes,
  chat('dashscope', { model: 'qwen3-32b', stream: true, stream_options: { include_usage: true } }),
);
test('Qwen by another server', passes, chat('siliconflow', { model: 'Qwen/Qwen3-32B' }));
test(
  'a tolerant template',
  passes,
  chat('vllm', { model: 'Qwen/Qwen3-14B', messages: [...messages, ...messages], top_k: 20, min_p: 0.1 }),
);
test(
  'a fine-tune named after Mistral',
  passes,
  chat('vllm', { model: 'teknium/OpenHermes-2.5-Mistral-7B', messages: [...messages, ...messages] }),
);
test(
  'Gemma 3 with instructions',
  passes,
  chat('vllm', {
    model: 'google/gemma-3-12b-it',
    messages: [{ role: 'system', content: 'Be brief.' }, ...messages],
  }),
);
test(
  'Llama with one call',
  passes,
  chat('vllm', {
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    messages: [...messages, calling('a'), result('a')],
    tools,
  }),
);
test(
  'Groq with tools',
  passes,
  chat('groq', {
    model: 'llama-3.3-70b-versatile',
    tools,
    temperature: 0.7,
    seed: 4,
    user: 'ann',
    parallel_tool_calls: false,
  }),
);
test(
  'Groq with reasoning',
  passes,
  chat('groq', { model: 'qwen/qwen3-32b', reasoning_effort: 'none', reasoning_format: 'hidden' }),
);
test(
  'xAI with what grok-3 takes',
  passes,
  chat('x_ai', { model: 'grok-3', stop: ['x'], frequency_penalty: 0.4 }),
);
test(
  'Kimi with what it is fixed to',
  passes,
  chat('moonshot_ai', { model: 'kimi-k2.6', temperature: 1, top_p: 0.95, n: 1 }),
);
test(
  'Kimi K2 with a temperature',
  passes,
  chat('moonshot_ai', { model: 'kimi-k2-turbo-preview', temperature: 0.6 }),
);
test(
  'Perplexity with its own parameters',
  passes,
  chat('perplexity', { model: 'sonar', search_recency_filter: 'week', temperature: 0.2 }),
);
test(
  'a thinking model of Ollama',
  passes,
  own('ollama.chat', 'ollama', { model: 'qwen3:8b', messages, think: true }),
);
test(
  'Ollama’s own form of tool calls',
  passes,
  own('ollama.chat', 'ollama', {
    model: 'qwen2.5:7b',
    messages: [
      ...messages,
      { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
      { role: 'tool', tool_name: 'f', content: '4' },
    ],
  }),
);
test(
  'a long prompt with a context of its own',
  passes,
  own('ollama.chat', 'ollama', {
    model: 'llama3.2',
    messages: [{ role: 'user', content: long }],
    options: { num_ctx: 4_096 },
  }),
);
test(
  'an unknown provider',
  passes,
  chat('acme', {
    model: 'deepseek-reasoner',
    messages: [...messages, ...messages, { role: 'developer', content: 'x' }],
  }),
);
test(
  'OpenRouter’s own parameters',
  passes,
  chat('openrouter', {
    model: 'deepseek/deepseek-r1',
    reasoning: { effort: 'high' },
    provider: { order: ['x'] },
    top_k: 4,
  }),
);
