'use strict';
/** Ways to leave a stream of chat completions. */
const { setTimeout: delay } = require('node:timers/promises');
const { collect, kind } = require('./seen.cjs');
const { chat, directive, withUsage } = require('./openai-samples.cjs');

const stream = ({ client }, params, options) =>
  client().chat.completions.create({ ...chat, ...withUsage, ...params }, options);
const endless = { headers: directive('stream=endless') };

exports.cases = [
  {
    name: 'stream left early: the request is aborted',
    tokens: false,
    run: async (kit) => {
      const it = await stream(kit, {}, endless);
      let count = 0;
      for await (const chunk of it) if ((count += chunk.choices.length) >= 3) break;
      return { count, aborted: it.controller.signal.aborted };
    },
  },
  {
    name: 'stream left by an error of the reader',
    tokens: false,
    run: async (kit) => {
      for await (const _chunk of await stream(kit, {}, endless)) throw new RangeError('enough');
    },
  },
  {
    name: 'stream aborted by its controller',
    tokens: false,
    run: async (kit) => {
      const it = await stream(kit, {}, endless);
      const seen = [];
      for await (const chunk of it) {
        seen.push(chunk.object);
        it.controller.abort();
      }
      return seen.slice(0, 1);
    },
  },
  {
    name: 'stream aborted by the signal',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const it = await stream(kit, {}, { ...endless, signal: controller.signal });
      let first;
      for await (const chunk of it) {
        first ??= chunk.object;
        controller.abort();
      }
      return first;
    },
  },
  {
    name: 'stream aborted with a reason',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const error = await (async () => {
        for await (const _chunk of await stream(kit, {}, { ...endless, signal: controller.signal })) {
          controller.abort(reason);
        }
      })().catch((thrown) => thrown);
      return { same: [error, error?.cause].indexOf(reason), error };
    },
  },
  {
    name: 'stream aborted before it is read',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const it = await stream(kit, {}, { ...endless, signal: controller.signal });
      controller.abort();
      // openai 4 never ends such a stream.
      return Promise.race([collect(it), delay(1_000, 'still waiting', { ref: false })]);
    },
  },
  {
    name: 'stream aborted before it is asked for',
    tokens: false,
    run: (kit) => stream(kit, {}, { signal: AbortSignal.abort() }),
  },
  {
    name: 'stream aborted after its end',
    run: async (kit) => {
      const controller = new AbortController();
      const chunks = await collect(await stream(kit, {}, { signal: controller.signal }));
      controller.abort();
      return chunks.length;
    },
  },
  {
    name: 'stream timeout',
    tokens: false,
    run: (kit) => stream(kit, {}, { timeout: 40, headers: directive('delay=2000') }),
  },
  {
    name: 'stream: its parts',
    run: async (kit) => {
      const it = await stream(kit);
      const [left, right] = it.tee();
      const readable = right.toReadableStream();
      const kinds = [left, right].map((part) => kind(part, kit.module));
      await Promise.all([collect(left), collect(readable)]);
      return {
        kinds,
        readable: kind(readable, kit.module),
        controller: it.controller instanceof AbortController,
      };
    },
  },
  {
    name: 'stream tee, one part left early',
    tokens: false,
    run: async (kit) => {
      const [left, right] = (await stream(kit, {}, endless)).tee();
      for await (const _chunk of left) break;
      let count = 0;
      for await (const _chunk of right) if ((count += 1) >= 3) break;
      return { count, aborted: left.controller.signal.aborted };
    },
  },
  {
    name: 'stream toReadableStream, cancelled: the request is aborted',
    tokens: false,
    run: async (kit) => {
      const it = await stream(kit, {}, endless);
      const reader = it.toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
      return it.controller.signal.aborted;
    },
  },
  {
    name: 'stream repaired',
    repaired: { temperature: 0.7 },
    run: async (kit) => collect(await stream(kit, { model: 'gpt-4o-repair', temperature: 0.95 })),
  },
  {
    name: 'stream never read',
    tokens: false,
    run: async (kit) => {
      await stream(kit);
    },
  },
  {
    name: 'stream never awaited',
    leaves: { requests: 1 },
    tokens: false,
    run: async (kit) => {
      void stream(kit);
    },
  },
];
