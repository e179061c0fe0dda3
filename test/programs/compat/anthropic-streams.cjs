'use strict';
/** Ways to stream messages. */
const { collect, kind } = require('./seen.cjs');
const { directive, message } = require('./anthropic-samples.cjs');

const stream = ({ client }, params, options) =>
  client().messages.create({ ...message, stream: true, ...params }, options);
const endless = { headers: directive('stream=endless') };
const hasBeta = ({ client }) => client().beta?.messages?.stream;

exports.cases = [
  { name: 'stream for-await', run: async (kit) => collect(await stream(kit)) },
  {
    name: 'stream instance',
    run: async (kit) => {
      const it = await stream(kit);
      await collect(it);
      return kind(it, kit.module);
    },
  },
  {
    name: 'stream withResponse',
    run: async (kit) => {
      const { data, response } = await stream(kit).withResponse();
      return { events: await collect(data), status: response.status };
    },
  },
  {
    name: 'stream asResponse, read by the caller',
    tokens: false,
    run: async (kit) => (await (await stream(kit).asResponse()).text()).includes('message_stop'),
  },
  { name: 'stream tee', run: async (kit) => Promise.all((await stream(kit)).tee().map(collect)) },
  {
    name: 'stream toReadableStream',
    run: async (kit) => {
      const decoder = new TextDecoder();
      const chunks = await collect((await stream(kit)).toReadableStream());
      return chunks
        .map((chunk) => decoder.decode(chunk))
        .join('')
        .split('\n').length;
    },
  },
  {
    name: 'stream left early: the request is aborted',
    run: async (kit) => {
      const it = await stream(kit, {}, endless);
      for await (const { type } of it) if (type === 'content_block_delta') break;
      return it.controller.signal.aborted;
    },
  },
  {
    name: 'stream aborted by the signal',
    run: async (kit) => {
      const controller = new AbortController();
      const it = await stream(kit, {}, { ...endless, signal: controller.signal });
      let first;
      for await (const { type } of it) {
        first ??= type;
        controller.abort();
      }
      return first;
    },
  },
  {
    name: 'stream never read',
    leaves: { garbage: true },
    tokens: false,
    run: async (kit) => {
      await stream(kit);
    },
  },
  {
    name: 'stream never awaited',
    leaves: { requests: 1, garbage: true },
    tokens: false,
    run: async (kit) => {
      void stream(kit);
    },
  },
  { name: 'stream refused', tokens: false, run: (kit) => stream(kit, { max_tokens: -1 }) },
  {
    name: 'stream that fails in the middle',
    run: async (kit) => collect(await stream(kit, {}, { headers: directive('fail=4') })),
  },
  {
    name: 'stream read again after it failed',
    run: async (kit) => {
      const it = await stream(kit, {}, { headers: directive('fail=4') });
      const first = await collect(it).catch((error) => error);
      return { first, second: await collect(it).catch((error) => error) };
    },
  },
  { name: 'stream() helper with events', run: ({ client }) => helper(client().messages) },
  {
    name: 'stream() helper for-await',
    run: async ({ client }) => collect(client().messages.stream(message)),
  },
  {
    name: 'stream() helper aborted',
    run: async ({ client }) => {
      const runner = client().messages.stream(message, endless);
      runner.once('text', () => runner.abort());
      return runner.done().then(
        () => 'done',
        (error) => error,
      );
    },
  },
  {
    name: 'stream() helper refused',
    tokens: false,
    run: async ({ client }) => {
      const seen = [];
      const runner = client().messages.stream({ ...message, max_tokens: -1 });
      runner.on('error', (error) => seen.push(error)).on('end', () => seen.push('end'));
      return { final: await runner.finalMessage().catch((error) => error), seen };
    },
  },
  { name: 'stream() helper withResponse', has: ({ client }) => client().messages.stream, run: withResponse },
  {
    name: 'beta stream',
    has: ({ client }) => client().beta?.messages?.create,
    run: async ({ client }) => collect(await client().beta.messages.create({ ...message, stream: true })),
  },
  {
    name: 'beta stream() helper with events',
    has: hasBeta,
    run: ({ client }) => helper(client().beta.messages),
  },
];

async function helper(messages) {
  const events = [];
  const runner = messages.stream(message);
  for (const name of ['connect', 'streamEvent', 'text', 'contentBlock', 'message', 'finalMessage', 'end']) {
    runner.on(name, () => events.push(name));
  }
  const text = await runner.finalText?.();
  return { text, final: await runner.finalMessage(), events };
}

async function withResponse({ client }) {
  const runner = client().messages.stream(message);
  if (!runner.withResponse) return (await runner.finalMessage()).type;
  const { data, response } = await runner.withResponse();
  return { same: data === runner, status: response.status, final: (await data.finalMessage()).type };
}
