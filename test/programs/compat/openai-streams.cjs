'use strict';
/** Ways to stream chat completions. */
const { collect, kind } = require('./seen.cjs');
const { chat, directive, helpers, tool, withUsage } = require('./openai-samples.cjs');

const stream = ({ client }, params, options) =>
  client().chat.completions.create({ ...chat, ...withUsage, ...params }, options);
const endless = { headers: directive('stream=endless') };

exports.cases = [
  { name: 'stream for-await', run: async (kit) => collect(await stream(kit)) },
  {
    name: 'stream without usage',
    tokens: false,
    run: async (kit) => collect(await stream(kit, { stream_options: undefined })),
  },
  { name: 'stream with a tool call', run: async (kit) => collect(await stream(kit, { tools: [tool] })) },
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
      return { chunks: await collect(data), status: response.status };
    },
  },
  {
    name: 'stream asResponse, read by the caller',
    tokens: false,
    run: async (kit) => (await (await stream(kit).asResponse()).text()).includes('[DONE]'),
  },
  {
    name: 'stream tee',
    run: async (kit) => {
      const parts = (await stream(kit)).tee();
      return Promise.all(parts.map(collect));
    },
  },
  {
    name: 'stream tee, one part read after the other',
    run: async (kit) => {
      const [left, right] = (await stream(kit)).tee();
      const first = await collect(left);
      return { first: first.length, second: (await collect(right)).length };
    },
  },
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
    name: 'stream iterated by hand',
    run: async (kit) => {
      const iterator = (await stream(kit))[Symbol.asyncIterator]();
      let count = 0;
      while (!(await iterator.next()).done) count += 1;
      return { count, again: await iterator.next() };
    },
  },
  {
    name: 'stream read twice',
    run: async (kit) => {
      const it = await stream(kit);
      await collect(it);
      return collect(it);
    },
  },
  { name: 'stream refused', tokens: false, run: (kit) => stream(kit, { n: -1 }) },
  {
    name: 'stream that fails in the middle',
    tokens: false,
    run: async (kit) => collect(await stream(kit, {}, { headers: directive('fail=3') })),
  },
  {
    name: 'stream read again after it failed',
    tokens: false,
    run: async (kit) => {
      const it = await stream(kit, {}, { headers: directive('fail=3') });
      const first = await collect(it).catch((error) => error);
      const second = await collect(it).catch((error) => error);
      return { first, second };
    },
  },
  {
    name: 'stream cut in the middle',
    tokens: false,
    run: async (kit) => {
      const seen = [];
      try {
        for await (const chunk of await stream(kit, {}, { headers: directive('cut=3') }))
          seen.push(chunk.object);
      } catch (error) {
        seen.push(error.constructor.name);
      }
      return seen;
    },
  },
  {
    name: 'stream retried',
    run: async (kit) =>
      collect(await stream(kit, {}, { maxRetries: 2, headers: directive('status=503 times=1') })),
  },
  {
    name: 'stream() helper: instance',
    has: ({ client }) => helpers(client()).stream,
    tokens: false,
    run: async ({ client, module }) => {
      const runner = helpers(client()).stream(chat);
      await runner.done();
      return kind(runner, module).chain;
    },
  },
  { name: 'stream() helper with events', has: ({ client }) => helpers(client()).stream, run: helper },
  {
    name: 'stream() helper for-await',
    has: ({ client }) => helpers(client()).stream,
    run: async ({ client }) =>
      collect(helpers(client()).stream({ ...chat, stream_options: withUsage.stream_options })),
  },
  {
    name: 'stream() helper aborted',
    tokens: false,
    has: ({ client }) => helpers(client()).stream,
    run: async ({ client }) => {
      const runner = helpers(client()).stream(chat, endless);
      runner.once('content', () => runner.abort());
      return runner.done().then(
        () => 'done',
        (error) => error,
      );
    },
  },
  {
    name: 'stream() helper refused',
    tokens: false,
    has: ({ client }) => helpers(client()).stream,
    run: async ({ client }) => {
      const runner = helpers(client()).stream({ ...chat, n: -1 });
      const seen = [];
      runner.on('error', (error) => seen.push(error)).on('end', () => seen.push('end'));
      return { final: await runner.finalContent().catch((error) => error), seen };
    },
  },
  {
    name: 'runTools streamed',
    spans: 2,
    tokens: false,
    has: ({ client }) => helpers(client()).runTools,
    run: async ({ client }) => {
      const function_ = { ...tool.function, function: async () => 'nothing found', parse: JSON.parse };
      const runner = helpers(client()).runTools({
        ...chat,
        stream: true,
        tools: [{ ...tool, function: function_ }],
      });
      return { content: await runner.finalContent(), messages: runner.messages.length };
    },
  },
];

async function helper({ client }) {
  const events = [];
  const runner = helpers(client()).stream({ ...chat, stream_options: withUsage.stream_options });
  for (const name of [
    'connect',
    'chunk',
    'content',
    'message',
    'finalContent',
    'finalMessage',
    'finalChatCompletion',
    'end',
  ]) {
    runner.on(name, () => events.push(name));
  }
  const content = await runner.finalContent();
  return { events, content, usage: await runner.totalUsage(), final: await runner.finalChatCompletion() };
}
