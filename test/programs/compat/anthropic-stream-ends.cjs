'use strict';
/** Further ways to read a stream of messages, and ways to leave it. */
const { setTimeout: delay } = require('node:timers/promises');
const { collect, kind } = require('./seen.cjs');
const { directive, message } = require('./anthropic-samples.cjs');

const stream = ({ client }, params, options) =>
  client().messages.create({ ...message, stream: true, ...params }, options);
const endless = { headers: directive('stream=endless') };
const hot = { model: 'claude-repair', temperature: 0.95 };

exports.cases = [
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
  {
    name: 'stream repaired',
    repaired: { temperature: 0.7 },
    run: async (kit) => collect(await stream(kit, hot)),
  },
  {
    name: 'stream left by an error of the reader',
    run: async (kit) => {
      for await (const _event of await stream(kit, {}, endless)) throw new RangeError('enough');
    },
  },
  {
    name: 'stream tee, one part left early',
    run: async (kit) => {
      const [left, right] = (await stream(kit, {}, endless)).tee();
      for await (const _event of left) break;
      let count = 0;
      for await (const _event of right) if ((count += 1) >= 3) break;
      return { count, aborted: left.controller.signal.aborted };
    },
  },
  {
    name: 'stream aborted before it is asked for',
    tokens: false,
    run: (kit) => stream(kit, {}, { signal: AbortSignal.abort() }),
  },
  {
    name: 'stream aborted before it is read',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const it = await stream(kit, {}, { ...endless, signal: controller.signal });
      controller.abort();
      // Old releases never end such a stream.
      return Promise.race([collect(it), delay(1_000, 'still waiting', { ref: false })]);
    },
  },
  {
    name: 'stream aborted by its controller',
    run: async (kit) => {
      const it = await stream(kit, {}, endless);
      let first;
      for await (const { type } of it) {
        first ??= type;
        it.controller.abort();
      }
      return first;
    },
  },
  {
    name: 'stream aborted after its end',
    run: async (kit) => {
      const controller = new AbortController();
      const events = await collect(await stream(kit, {}, { signal: controller.signal }));
      controller.abort();
      return events.length;
    },
  },
  {
    name: 'stream timeout',
    tokens: false,
    run: (kit) => stream(kit, {}, { timeout: 40, headers: directive('delay=2000') }),
  },
  {
    name: 'stream cut in the middle',
    run: async (kit) => {
      const seen = [];
      try {
        for await (const { type } of await stream(kit, {}, { headers: directive('cut=4') })) seen.push(type);
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
    run: async ({ client, module }) => {
      const runner = client().messages.stream(message);
      await runner.done();
      return kind(runner, module).chain;
    },
  },
];
