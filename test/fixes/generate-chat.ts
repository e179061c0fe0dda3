import type { RequestView } from '../../src/contract/request.js';
import type { Dice } from './generate-request.js';

const SERVERS: readonly (readonly [provider: string, model: string])[] = [
  ['deepseek', 'deepseek-chat'],
  ['deepseek', 'deepseek-reasoner'],
  ['deepseek', 'deepseek-v4-pro'],
  ['mistral_ai', 'mistral-large-latest'],
  ['groq', 'llama-3.3-70b-versatile'],
  ['groq', 'openai/gpt-oss-120b'],
  ['groq', 'qwen/qwen3-32b'],
  ['x_ai', 'grok-4'],
  ['x_ai', 'grok-3-mini'],
  ['perplexity', 'sonar-pro'],
  ['dashscope', 'qwen3-32b'],
  ['dashscope', 'qwen3.5-plus'],
  ['dashscope', 'qwq-plus'],
  ['moonshot_ai', 'kimi-k2.6'],
  ['moonshot_ai', 'kimi-k3'],
  ['vllm', 'google/gemma-2-9b-it'],
  ['vllm', 'mistralai/Mistral-7B-Instruct-v0.3'],
  ['vllm', 'meta-llama/Llama-3.1-8B-Instruct'],
  ['vllm', 'Qwen/Qwen3.5-27B'],
  ['ollama', 'llama3.1:8b'],
  ['openrouter', 'google/gemini-2.5-pro'],
  ['minimax', 'MiniMax-M2'],
  ['cerebras', 'gpt-oss-120b'],
  ['zhipu', 'glm-4.6'],
];
const TEXTS = ['', ' ', 'hello', 'as json', 'two\n\nlines'];
const IDS = ['a', 'b', 'abcdefgh1', 'call_1'];

/** A request in OpenAI's protocol to one of many servers, healthy or broken in any of the ways their repairs know. */
export function generateChat(dice: Dice): RequestView {
  const [provider, model] = dice.pick(SERVERS);
  const params = {
    model,
    messages: times(dice.roll(7), () => message(dice)),
    ...sampling(dice),
    ...thinking(dice),
    ...dice.maybe({ tools: times(dice.roll(3), () => tool(dice)) }),
    ...dice.maybe({ tool_choice: dice.pick<unknown>(['auto', 'required', { type: 'function' }, 'none']) }),
    ...dice.maybe({ stream: true }),
    ...dice.maybe({ stream_options: { include_usage: true } }),
    ...dice.maybe({ response_format: dice.pick([{ type: 'json_object' }, { type: 'text' }]) }),
  };
  return { provider, operation: 'chat', api: 'openai.chat.completions', model, params };
}

function sampling(dice: Dice): object {
  return {
    ...dice.maybe({ temperature: dice.pick([-1, 0, 0.6, 1, 1.8, 3, null]) }),
    ...dice.maybe({ top_p: dice.pick([0, 0.5, 0.95, 1, 2]) }),
    ...dice.maybe({ presence_penalty: dice.pick([0, 0.5]) }),
    ...dice.maybe({ max_tokens: dice.pick([-5, 0, 1, 9000, 500_000]) }),
    ...dice.maybe({ seed: 3, user: 'ann' }),
  };
}

function thinking(dice: Dice): object {
  return {
    ...dice.maybe({ reasoning_effort: dice.pick(['none', 'minimal', 'low', 'xhigh', 'default']) }),
    ...dice.maybe({ thinking: { type: dice.pick(['enabled', 'disabled']) } }),
    ...dice.maybe({ enable_thinking: dice.roll(2) === 0 }),
    ...dice.maybe({ reasoning_format: dice.pick(['raw', 'parsed']) }),
  };
}

function message(dice: Dice): object {
  const role = dice.pick(['system', 'developer', 'user', 'user', 'assistant', 'assistant', 'tool']);
  const content = dice.pick<unknown>([...TEXTS, null, undefined, [], parts(dice)]);
  const fields = {
    ...dice.maybe({ name: 'ann' }),
    ...dice.maybe({ reasoning_content: dice.pick(['', 'hm']) }),
    ...dice.maybe({ id: 'm1' }),
  };
  if (role === 'tool') return { role, tool_call_id: dice.pick(IDS), content: dice.pick(TEXTS) };
  if (role !== 'assistant') return { role, content, ...fields };
  const prefix = dice.roll(5) === 0 ? { prefix: true } : {};
  return {
    role,
    content,
    ...fields,
    ...prefix,
    ...dice.maybe({ tool_calls: times(dice.roll(3), () => call(dice)) }),
  };
}

function parts(dice: Dice): readonly object[] {
  const image = { type: 'image_url', image_url: { url: 'data:,' } };
  return times(1 + dice.roll(2), () => dice.pick<object>([{ type: 'text', text: dice.pick(TEXTS) }, image]));
}

function call(dice: Dice): object {
  const value = dice.pick<unknown>(['{}', '', '{"a":', 'null', { a: 1 }, undefined]);
  if (dice.roll(5) === 0) return { id: dice.pick(IDS), name: 'add', arguments: value };
  return {
    id: dice.pick(IDS),
    ...dice.maybe({ type: 'function' }),
    function: { name: 'add', arguments: value },
  };
}

function tool(dice: Dice): object {
  const parameters = { type: 'object', properties: { a: { type: 'string', anyOf: [{}, { type: 'null' }] } } };
  return dice.pick<object>([
    { type: 'function', function: { name: 'add', parameters } },
    { type: 'function', function: { name: 'now' }, cache_control: {} },
    {
      type: 'function',
      function: { name: 'add', strict: true, parameters: { type: 'object', properties: { b: {} } } },
    },
    { name: 'add', input_schema: parameters },
  ]);
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
