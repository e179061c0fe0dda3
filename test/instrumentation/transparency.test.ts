import test from 'ava';
import type OpenAI from 'openai';
import type Anthropic from '@anthropic-ai/sdk';
import { createRig, type Rig } from '../helpers/rig.js';
import { waitUntil } from '../helpers/wait-until.js';

/** Ways to call an SDK. Each returns what the caller sees, reduced to what must be equal with and without Arc. */
interface Case {
  readonly name: string;
  readonly run: (clients: Clients) => Promise<unknown>;
  /** Model requests the way makes; each must have one span. */
  readonly spans: number;
  /** False where the caller does not let Arc see the usage. */
  readonly tokens: boolean;
}

interface Clients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

const chat = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Hello there' }] };
const message = {
  model: 'claude-sonnet-4-6',
  max_tokens: 64,
  messages: [{ role: 'user' as const, content: 'Hello there' }],
};
const withUsage = { stream: true as const, stream_options: { include_usage: true } };

const cases: readonly Case[] = [
  { name: 'openai await', spans: 1, tokens: true, run: ({ openai }) => openai.chat.completions.create(chat) },
  {
    name: 'openai awaited twice',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const promise = openai.chat.completions.create(chat);
      return (await promise) === (await promise);
    },
  },
  {
    name: 'openai withResponse',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const { data, response, request_id } = await openai.chat.completions.create(chat).withResponse();
      return { object: data.object, status: response.status, id: typeof request_id };
    },
  },
  {
    name: 'openai asResponse, body read by the caller',
    spans: 1,
    tokens: false,
    run: async ({ openai }) => {
      const response = await openai.chat.completions.create(chat).asResponse();
      return ((await response.json()) as { object: string }).object;
    },
  },
  {
    name: 'openai then, catch, finally',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const seen: string[] = [];
      await openai.chat.completions
        .create(chat)
        .then(({ object }) => seen.push(object))
        .catch(() => seen.push('caught'))
        .finally(() => seen.push('finally'));
      return seen;
    },
  },
  {
    name: 'openai parse',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => (await openai.chat.completions.parse(chat)).choices[0]?.message.parsed,
  },
  {
    name: 'openai parse withResponse',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => (await openai.chat.completions.parse(chat).withResponse()).response.status,
  },
  {
    name: 'openai instance of the SDK promise',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const promise = openai.chat.completions.create(chat);
      await promise;
      return promise.constructor.name;
    },
  },
  {
    name: 'openai stream for-await',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => collect(await openai.chat.completions.create({ ...chat, ...withUsage })),
  },
  {
    name: 'openai stream tee',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const [left, right] = (await openai.chat.completions.create({ ...chat, ...withUsage })).tee();
      return Promise.all([collect(left), collect(right)]);
    },
  },
  {
    name: 'openai stream toReadableStream',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const stream = (await openai.chat.completions.create({ ...chat, ...withUsage })).toReadableStream();
      let bytes = 0;
      for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>)
        bytes += chunk.length > 0 ? 1 : 0;
      return bytes > 0;
    },
  },
  {
    name: 'openai stream helper with events',
    spans: 1,
    tokens: true,
    run: async ({ openai }) => {
      const events: string[] = [];
      const runner = openai.chat.completions.stream({ ...chat, stream_options: { include_usage: true } });
      runner.on('content', () => events.push('content'));
      const final = await runner.finalContent();
      return { events: events.length > 0, final };
    },
  },
  {
    name: 'openai refused request',
    spans: 1,
    tokens: false,
    run: ({ openai }) => outcome(openai.chat.completions.create({ ...chat, tools: [], n: -1 })),
  },
  {
    name: 'openai refused stream',
    spans: 1,
    tokens: false,
    run: ({ openai }) => outcome(openai.chat.completions.create({ ...chat, n: -1, stream: true })),
  },
  {
    name: 'openai retried once by the SDK',
    spans: 1,
    tokens: true,
    run: async ({ openai }) =>
      (
        await openai.chat.completions.create(chat, {
          maxRetries: 2,
          headers: { 'x-model-server': `status=500 times=1 key=${Math.random()}` },
        })
      ).object,
  },
  {
    name: 'openai server unreachable',
    spans: 1,
    tokens: false,
    run: ({ openai }) =>
      outcome(openai.withOptions({ baseURL: 'http://127.0.0.1:1/v1' }).chat.completions.create(chat)),
  },
  {
    name: 'openai aborted before',
    spans: 1,
    tokens: false,
    run: ({ openai }) => outcome(openai.chat.completions.create(chat, { signal: AbortSignal.abort() })),
  },
  {
    name: 'anthropic await',
    spans: 1,
    tokens: true,
    run: ({ anthropic }) => anthropic.messages.create(message),
  },
  {
    name: 'anthropic withResponse',
    spans: 1,
    tokens: true,
    run: async ({ anthropic }) => {
      const { data, response, request_id } = await anthropic.messages.create(message).withResponse();
      return { type: data.type, status: response.status, id: typeof request_id };
    },
  },
  {
    name: 'anthropic asResponse',
    spans: 1,
    tokens: false,
    run: async ({ anthropic }) => (await anthropic.messages.create(message).asResponse()).status,
  },
  {
    name: 'anthropic stream for-await',
    spans: 1,
    tokens: true,
    run: async ({ anthropic }) => collect(await anthropic.messages.create({ ...message, stream: true })),
  },
  {
    name: 'anthropic stream helper',
    spans: 1,
    tokens: true,
    run: async ({ anthropic }) => {
      const seen: string[] = [];
      const runner = anthropic.messages.stream(message).on('text', () => seen.push('text'));
      return { text: await runner.finalText(), seen: seen.length > 0 };
    },
  },
  {
    name: 'anthropic refused request',
    spans: 1,
    tokens: false,
    run: ({ anthropic }) => outcome(anthropic.messages.create({ ...message, max_tokens: -1 })),
  },
];

/** What the caller sees of a stream, without what differs from answer to answer. */
async function collect(stream: AsyncIterable<unknown>): Promise<string> {
  const parts: string[] = [];
  for await (const part of stream) parts.push(normalise(part));
  return parts.join('\n');
}

async function outcome(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { constructor, message: text, status, cause } = error as Error & { status?: number };
    return {
      type: constructor.name,
      text,
      status,
      cause: cause instanceof Error ? cause.constructor.name : typeof cause,
    };
  }
}

/** Ids, instants and random texts differ from answer to answer; their shape does not. */
function normalise(value: unknown): string {
  const json = JSON.stringify(value, (key, item: unknown) =>
    ['id', 'created', 'system_fingerprint', '_request_id', 'obfuscation'].includes(key) ? typeof item : item,
  );
  return json.replace(/req_\w+/g, 'req_*');
}

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.after.always(() => rig.close());

for (const { name, run, spans, tokens } of cases) {
  test.serial(`transparency: ${name} is the same with and without Arc`, async (t) => {
    const clients = { openai: rig.openai(), anthropic: rig.anthropic() };
    rig.arc.disable();
    const [bare, bareBodies] = await observe(() => run(clients));
    rig.arc.enable();
    rig.spans();
    const [under, underBodies] = await observe(() => run(clients));

    t.is(normalise(under), normalise(bare));
    t.deepEqual(underBodies, bareBodies);
    const ended = await waitUntil('the span to end', () => {
      const seen = rig.spans();
      return seen.length > 0 && seen;
    });
    t.is(ended.length, spans);
    for (const { attributes } of ended)
      t.is(typeof attributes['gen_ai.usage.output_tokens'] === 'number', tokens);
  });
}

/** Runs a way of calling and gathers the bodies the server received meanwhile. */
async function observe(run: () => Promise<unknown>): Promise<[unknown, readonly string[]]> {
  const before = rig.models.requests.length;
  const result = await run();
  return [result, rig.models.requests.slice(before).map(({ rawBody }) => rawBody)];
}
