'use strict';
/** What comes before what. */
const { collect } = require('./seen.cjs');
const { chat, directive, helpers, withUsage } = require('./openai-samples.cjs');

const create = ({ client }, params, options) =>
  client().chat.completions.create({ ...chat, ...params }, options);

exports.cases = [
  {
    name: 'order: the call, its turn, the answer',
    run: async (kit) => {
      const seen = [];
      queueMicrotask(() => seen.push('microtask asked for before'));
      const promise = create(kit);
      seen.push('called');
      queueMicrotask(() => seen.push('microtask asked for after'));
      process.nextTick(() => seen.push('tick'));
      setImmediate(() => seen.push('immediate'));
      promise.then(() => seen.push('answer'));
      await promise;
      return seen;
    },
  },
  {
    name: 'order: several that wait for one promise',
    run: async (kit) => {
      const seen = [];
      const promise = create(kit);
      const all = [
        promise.then(() => seen.push('first')),
        promise.withResponse().then(() => seen.push('with response')),
        promise.finally(() => seen.push('finally')),
        promise.then(() => seen.push('second')).then(() => seen.push('after the second')),
        promise.catch(() => undefined).then(() => seen.push('after catch')),
      ];
      await Promise.all(all);
      return seen;
    },
  },
  {
    name: 'order: several that wait for a refusal',
    tokens: false,
    run: async (kit) => {
      const seen = [];
      const promise = create(kit, { n: -1 });
      const all = [
        promise.catch(() => seen.push('first')),
        promise.withResponse().catch(() => seen.push('with response')),
        promise.finally(() => seen.push('finally')).catch(() => seen.push('after finally')),
        promise.then(
          () => seen.push('answered'),
          () => seen.push('second'),
        ),
      ];
      await Promise.all(all);
      return seen;
    },
  },
  {
    name: 'order: raw response first, then the answer',
    tokens: false,
    run: async (kit) => {
      const seen = [];
      const promise = create(kit);
      const response = await promise.asResponse();
      seen.push(`response ${response.status}, used: ${response.bodyUsed}`);
      await promise;
      seen.push(`answer, used: ${response.bodyUsed}`);
      return seen;
    },
  },
  {
    name: 'order: of two calls the faster answers first',
    spans: 2,
    run: async (kit) => {
      const seen = [];
      await Promise.all([
        create(kit, {}, { headers: directive('delay=700') }).then(() => seen.push('slow')),
        create(kit).then(() => seen.push('fast')),
      ]);
      return seen;
    },
  },
  {
    name: 'order: chunks, and what the reader does between them',
    run: async (kit) => {
      const seen = [];
      const stream = await create(kit, withUsage, { headers: directive('pause=5') });
      for await (const chunk of stream) {
        seen.push(chunk.choices[0]?.delta.content ?? 'no text');
        queueMicrotask(() => seen.push('microtask'));
        await null;
      }
      seen.push('end');
      return seen;
    },
  },
  {
    name: 'order: two readers of one stream take turns',
    run: async (kit) => {
      const seen = [];
      const parts = (await create(kit, withUsage, { headers: directive('pause=5') })).tee();
      await Promise.all(
        parts.map(async (part, index) => {
          for await (const _chunk of part) seen.push(index);
        }),
      );
      return seen;
    },
  },
  {
    name: 'order: steps asked for at once',
    run: async (kit) => {
      const iterator = (await create(kit, withUsage))[Symbol.asyncIterator]();
      const steps = await Promise.all(Array.from({ length: 4 }, () => iterator.next()));
      const rest = await collect({ [Symbol.asyncIterator]: () => iterator });
      return [...steps.map(({ value }) => value.choices[0]?.delta.content), rest.length];
    },
  },
  {
    name: 'order: events of the stream() helper, and what waits for it',
    has: ({ client }) => helpers(client()).stream,
    run: async ({ client }) => {
      const seen = [];
      const runner = helpers(client()).stream({ ...chat, stream_options: withUsage.stream_options });
      const names = [
        'connect',
        'chunk',
        'content',
        'content.delta',
        'content.done',
        'message',
        'finalContent',
        'end',
      ];
      for (const name of names) runner.on(name, () => seen.push(name));
      await Promise.all([
        runner.done().then(() => seen.push('done()')),
        runner.finalContent().then(() => seen.push('finalContent()')),
        runner.emitted('connect').then(() => seen.push('emitted(connect)')),
      ]);
      return seen;
    },
  },
];
