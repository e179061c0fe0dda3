import type { ArcInstrumentationConfig } from '../../src/index.js';
import type { Scene } from './semconv-4a.js';

/** A way to call a model, and what its span is held against. */
export interface Case extends Omit<Scene, 'provider' | 'operation' | 'params'> {
  readonly title: string;
  readonly operation?: Scene['operation'];
  readonly config?: ArcInstrumentationConfig;
  /** As the caller writes it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What is sent where it differs. */
  readonly sent?: Readonly<Record<string, unknown>>;
  /** Nobody listens there. */
  readonly unreachable?: true;
}

const words = (content: string) => [{ role: 'user', content }];
const chat = { model: 'gpt-4o', messages: words('Name a river.') };
/** A request of few parameters. */
export const claude = { model: 'claude-sonnet-4-6', max_tokens: 64, messages: words('Name a river.') };
const tool = {
  type: 'function',
  function: { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } },
};
const withUsage = { stream: true, stream_options: { include_usage: true } };
/** What patterns call the API. */
export const CHAT = 'openai.chat.completions';
/** What patterns call the API. */
export const CLAUDE = 'anthropic.messages';

/** Ways to call the models: every one in which the telemetry differs. */
export const CASES: readonly Case[] = [
  { title: 'few parameters', api: CHAT, params: { ...chat, n: 1, service_tier: 'auto' } },
  {
    title: 'every parameter',
    api: CHAT,
    params: {
      ...chat,
      temperature: 1,
      top_p: 1,
      frequency_penalty: 0.5,
      presence_penalty: -1,
      max_completion_tokens: 99,
      seed: 7,
      stop: 'END',
      n: 2,
      response_format: { type: 'text' },
      service_tier: 'flex',
    },
  },
  { title: 'reasoning', api: CHAT, params: { ...chat, model: 'o3', reasoning_effort: 'low' } },
  { title: 'stream with usage', api: CHAT, params: { ...chat, ...withUsage, stop: ['A', 'B'] } },
  { title: 'stream without usage', api: CHAT, params: { ...chat, stream: true }, counted: false },
  {
    title: 'stream with usage asked for by Arc',
    api: CHAT,
    params: { ...chat, stream: true },
    config: { injectUsage: true },
    usageInjected: true,
  },
  {
    title: 'stream left early',
    api: CHAT,
    params: { ...chat, stream: true, messages: words('[model-server stream=endless]') },
    ends: 'left',
  },
  {
    title: 'stream that breaks',
    api: CHAT,
    params: { ...chat, stream: true, messages: words('[model-server cut=2]') },
    ends: 'broken',
  },
  { title: 'refused', api: CHAT, params: { ...chat, n: -1 }, ends: 'error' },
  { title: 'refused stream', api: CHAT, params: { ...chat, n: -1, stream: true }, ends: 'error' },
  {
    title: 'fractions where the conventions have whole numbers',
    api: CHAT,
    params: { ...chat, seed: 1.5, n: 1.5 },
    sent: chat,
    ends: 'error',
  },
  { title: 'server unreachable', api: CHAT, params: chat, ends: 'error', unreachable: true },
  {
    title: 'repaired',
    api: CHAT,
    params: { ...chat, model: 'gpt-4', temperature: 0.95 },
    sent: { ...chat, model: 'gpt-4', temperature: 0.7 },
    decision: 'fix',
  },
  {
    title: 'shadow',
    api: CHAT,
    params: { ...chat, model: 'gpt-4', temperature: 0.95 },
    config: { mode: 'shadow' },
    decision: 'shadow',
  },
  { title: 'mode off', api: CHAT, params: chat, config: { mode: 'off' }, decision: 'bypass' },
  {
    title: 'content captured',
    api: CHAT,
    params: {
      ...chat,
      tools: [tool],
      messages: [{ role: 'system', content: 'Be brief.' }, ...chat.messages],
    },
    config: { captureContent: true },
    captured: true,
  },
  { title: 'in a context of the application', api: CHAT, params: chat, inContext: true },
  { title: 'legacy names', api: CHAT, params: chat, config: { semconv: 'legacy' }, legacy: true },
  {
    title: 'legacy and latest names, stream',
    api: CHAT,
    params: { ...chat, ...withUsage },
    config: { semconv: 'both' },
    legacy: true,
  },
  { title: 'few parameters', api: CLAUDE, params: claude },
  {
    title: 'every parameter',
    api: CLAUDE,
    params: {
      ...claude,
      temperature: 1,
      top_k: 5,
      stop_sequences: ['END'],
      output_config: { effort: 'low' },
    },
  },
  { title: 'stream', api: CLAUDE, params: { ...claude, stream: true } },
  {
    title: 'stream left early',
    api: CLAUDE,
    params: { ...claude, stream: true, messages: words('[model-server stream=endless]') },
    ends: 'left',
  },
  {
    title: 'stream that tells an error',
    api: CLAUDE,
    params: { ...claude, stream: true, messages: words('[model-server fail=3]') },
    ends: 'broken',
  },
  { title: 'refused', api: CLAUDE, params: { ...claude, max_tokens: -1 }, ends: 'error' },
  {
    title: 'content captured, stream',
    api: CLAUDE,
    params: { ...claude, stream: true, system: 'Be brief.' },
    config: { captureContent: true },
    captured: true,
  },
  { title: 'legacy names', api: CLAUDE, params: claude, config: { semconv: 'legacy' }, legacy: true },
  {
    title: 'few parameters',
    api: 'openai.responses',
    params: { model: 'gpt-4o', input: 'Name a river.', max_output_tokens: 99 },
  },
  {
    title: 'stream',
    api: 'openai.responses',
    params: { model: 'gpt-4o', input: 'Name a river.', stream: true, instructions: 'Be brief.' },
    config: { captureContent: true },
    captured: true,
  },
  {
    title: 'few parameters',
    api: 'openai.completions',
    operation: 'text_completion',
    params: { model: 'gpt-3.5-turbo-instruct', prompt: 'A river is', max_tokens: 16 },
  },
  {
    title: 'every parameter',
    api: 'openai.embeddings',
    operation: 'embeddings',
    params: {
      model: 'text-embedding-3-small',
      input: 'A river',
      dimensions: 16,
      encoding_format: 'float',
    },
  },
];
