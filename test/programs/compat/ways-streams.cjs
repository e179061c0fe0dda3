'use strict';
/** Ways to read a stream, and ways to leave it. */
const { setTimeout: delay } = require('node:timers/promises');
const { collect, kind } = require('./seen.cjs');
const { call, canBeTold, flaky } = require('./way.cjs');

/** Longest wait for the end of a stream that may never end, in milliseconds. */
const PATIENCE_MS = 1_000;

exports.streams = (driver) => {
  const stream = call(driver, 'stream');
  const can = canBeTold(driver);
  const endless = { model: 'endless' };
  // Where the SDK goes on reading behind the caller's back, the stream has to end.
  const long = driver.breakAborts === false ? {} : endless;
  const patiently = (promise) => Promise.race([promise, delay(PATIENCE_MS, 'still waiting', { ref: false })]);
  return [
    { name: 'stream for-await', run: async (kit) => collect(await stream(kit)) },
    {
      name: 'stream instance',
      run: async (kit) => {
        const promise = stream(kit);
        const it = await promise;
        const kinds = [kind(promise, kit.module), kind(it, kit.module)];
        await collect(it);
        return kinds;
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
      name: 'stream: steps asked for at once',
      run: async (kit) => {
        const iterator = (await stream(kit))[Symbol.asyncIterator]();
        const steps = await Promise.all(Array.from({ length: 3 }, () => iterator.next()));
        let rest = 0;
        while (!(await iterator.next()).done) rest += 1;
        return { steps, rest };
      },
    },
    {
      name: 'stream read twice',
      run: async (kit) => {
        const it = await stream(kit);
        await collect(it);
        return patiently(collect(it));
      },
    },
    {
      name: 'stream left early',
      tokens: false,
      run: async (kit) => {
        let count = 0;
        for await (const _chunk of await stream(kit, long)) if ((count += 1) >= 2) break;
        return count;
      },
    },
    {
      name: 'stream left by an error of the reader',
      tokens: false,
      run: async (kit) => {
        for await (const _chunk of await stream(kit, long)) throw new RangeError('enough');
      },
    },
    {
      name: 'stream aborted before it is asked for',
      has: () => can('signal'),
      tokens: false,
      run: (kit) => stream(kit, {}, { signal: AbortSignal.abort() }),
    },
    {
      name: 'stream aborted by the signal',
      has: () => can('signal'),
      tokens: false,
      run: async (kit) => {
        const controller = new AbortController();
        const read = async () => {
          for await (const _chunk of await stream(kit, endless, { signal: controller.signal }))
            controller.abort();
        };
        // What was under way may still arrive, more or less of it.
        return patiently(read());
      },
    },
    {
      name: 'stream aborted before it is read',
      has: () => can('signal'),
      tokens: false,
      run: async (kit) => {
        const controller = new AbortController();
        const it = await stream(kit, endless, { signal: controller.signal });
        controller.abort();
        return patiently(collect(it).then(() => 'ended'));
      },
    },
    {
      name: 'stream aborted after its end',
      has: () => can('signal'),
      run: async (kit) => {
        const controller = new AbortController();
        const chunks = await collect(await stream(kit, {}, { signal: controller.signal }));
        controller.abort();
        return chunks.length;
      },
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
    { name: 'stream refused', tokens: false, run: (kit) => stream(kit, { model: 'refuse-400' }) },
    {
      name: 'stream refused and never awaited',
      leaves: { requests: 1, unhandled: 1 },
      tokens: false,
      run: async (kit) => {
        void stream(kit, { model: 'refuse-400' });
      },
    },
    {
      name: 'stream cut in the middle',
      tokens: false,
      run: async (kit) => {
        const seen = [];
        try {
          for await (const chunk of await stream(kit, { model: 'cut' })) seen.push(chunk);
        } catch (error) {
          seen.push(error);
        }
        return seen;
      },
    },
    {
      name: 'stream read again after it failed',
      tokens: false,
      run: async (kit) => {
        const it = await stream(kit, { model: 'cut' });
        const first = await collect(it).catch((error) => error);
        return { first, second: await patiently(collect(it).catch((error) => error)) };
      },
    },
    {
      name: 'stream retried',
      has: () => driver.retries,
      run: async (kit) => collect(await stream(kit, { model: flaky(503, 1) }, { client: driver.retries })),
    },
    {
      name: 'stream repaired',
      repaired: driver.repaired,
      run: async (kit) => collect(await stream(kit, { temperature: 0.95 })),
    },
    {
      name: 'stream timeout',
      has: () => can('timeoutMs'),
      tokens: false,
      run: async (kit) => patiently(stream(kit, { model: 'slow-3000' }, { timeoutMs: 60 })),
    },
  ];
};
