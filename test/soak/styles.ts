import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import type { Behaviour } from './model-fetch.js';

/** The clients of one run. */
export interface Clients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

/** One way to make one call. Resolves when the caller is done with it, which need not be when the answer has ended. */
export interface Style {
  readonly name: string;
  /** @param hot - ask with the temperature that the run's pattern repairs. */
  readonly run: (clients: Clients, hot: boolean) => Promise<unknown>;
}

/** A question. @param hot - with the temperature that the run's pattern repairs. */
export const chat = (hot: boolean) => ({
  model: 'gpt-4',
  temperature: hot ? 0.95 : 0.2,
  messages: [{ role: 'user' as const, content: 'Where does the Rhine flow?' }],
});
const streamed = (hot: boolean) => ({ ...chat(hot), stream: true as const });
const message = (hot: boolean) => ({ ...chat(hot), model: 'claude-sonnet-4-6', max_tokens: 64 });
const streamedMessage = (hot: boolean) => ({ ...message(hot), stream: true as const });

function behave(behaviour: Behaviour, signal?: AbortSignal) {
  return { headers: { 'x-soak': behaviour }, ...(signal && { signal }) };
}

/** Every way applications use the two SDKs, and the ways they stop using them. */
export const STYLES: readonly Style[] = [
  { name: 'await', run: ({ openai }, hot) => openai.chat.completions.create(chat(hot)) },
  {
    name: 'withResponse',
    run: ({ openai }, hot) => openai.chat.completions.create(chat(hot)).withResponse(),
  },
  {
    name: 'asResponse',
    run: async ({ openai }, hot) => (await openai.chat.completions.create(chat(hot)).asResponse()).json(),
  },
  { name: 'parse', run: ({ openai }, hot) => openai.chat.completions.parse(chat(hot)) },
  {
    name: 'never awaited',
    async run({ openai }, hot) {
      void openai.chat.completions.create(chat(hot));
      await Promise.resolve();
    },
  },
  {
    name: 'stream',
    run: async ({ openai }, hot) => drain(await openai.chat.completions.create(streamed(hot))),
  },
  {
    name: 'stream left',
    async run({ openai }, hot) {
      const endless = await openai.chat.completions.create(streamed(hot), behave('endless'));
      for await (const _chunk of endless) break;
    },
  },
  {
    name: 'stream never read',
    async run({ openai }, hot) {
      await openai.chat.completions.create(streamed(hot));
    },
  },
  {
    name: 'stream tee',
    async run({ openai }, hot) {
      const [left, right] = (await openai.chat.completions.create(streamed(hot))).tee();
      await Promise.all([drain(left), drain(right)]);
    },
  },
  {
    name: 'stream toReadableStream',
    run: async ({ openai }, hot) =>
      drain((await openai.chat.completions.create(streamed(hot))).toReadableStream()),
  },
  {
    name: 'stream helper',
    run: ({ openai }, hot) => openai.chat.completions.stream(chat(hot)).finalContent(),
  },
  {
    name: 'stream that breaks',
    run: ({ openai }, hot) =>
      fails(async () => drain(await openai.chat.completions.create(streamed(hot), behave('break')))),
  },
  {
    name: 'stream aborted',
    async run({ openai }, hot) {
      const stream = await openai.chat.completions.create(streamed(hot), behave('endless'));
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      stream.controller.abort();
    },
  },
  {
    name: 'refused',
    run: ({ openai }, hot) => fails(() => openai.chat.completions.create(chat(hot), behave('refuse'))),
  },
  {
    name: 'refused stream',
    run: ({ openai }, hot) => fails(() => openai.chat.completions.create(streamed(hot), behave('refuse'))),
  },
  {
    name: 'no connection',
    run: ({ openai }, hot) => fails(() => openai.chat.completions.create(chat(hot), behave('fail'))),
  },
  {
    name: 'aborted before',
    run: ({ openai }, hot) =>
      fails(() => openai.chat.completions.create(chat(hot), behave('hang', AbortSignal.abort()))),
  },
  {
    name: 'aborted while waiting',
    async run({ openai }, hot) {
      const controller = new AbortController();
      const call = fails(() => openai.chat.completions.create(chat(hot), behave('hang', controller.signal)));
      setImmediate(() => controller.abort());
      await call;
    },
  },
  { name: 'message', run: ({ anthropic }, hot) => anthropic.messages.create(message(hot)) },
  {
    name: 'message refused',
    run: ({ anthropic }, hot) => fails(() => anthropic.messages.create(message(hot), behave('refuse'))),
  },
  {
    name: 'message stream',
    run: async ({ anthropic }, hot) => drain(await anthropic.messages.create(streamedMessage(hot))),
  },
  {
    name: 'message stream left',
    async run({ anthropic }, hot) {
      const endless = await anthropic.messages.create(streamedMessage(hot), behave('endless'));
      for await (const _event of endless) break;
    },
  },
  {
    name: 'message stream never read',
    async run({ anthropic }, hot) {
      await anthropic.messages.create(streamedMessage(hot));
    },
  },
  {
    name: 'message stream helper',
    run: ({ anthropic }, hot) => anthropic.messages.stream(message(hot)).finalText(),
  },
];

/** Reads a stream to its end. */
export async function drain(stream: unknown): Promise<void> {
  // Streams of the SDKs and of the platform alike.
  for await (const _chunk of stream as AsyncIterable<unknown>);
}

/** @throws {Error} when the call that must fail does not. */
export async function fails(call: () => PromiseLike<unknown>): Promise<void> {
  try {
    await call();
  } catch {
    return;
  }
  throw new Error('a call that must fail came back well');
}
