'use strict';
/** Ways to wait for an answer, and ways it fails. */
const { kind } = require('./seen.cjs');
const { call, canBeTold, flaky } = require('./way.cjs');

const STATUSES = [400, 401, 403, 404, 422, 429, 500, 503];

exports.calls = (driver) => {
  const chat = call(driver, 'chat');
  const refused = { model: 'refuse-400' };
  const can = canBeTold(driver);
  const times = (driver.attempts ?? 3) - 1;
  return [
    { name: 'await', run: (kit) => chat(kit) },
    {
      name: 'awaited twice, the same object',
      run: async (kit) => {
        const promise = chat(kit);
        return (await promise) === (await promise);
      },
    },
    {
      name: 'then, catch, finally in order',
      run: async (kit) => {
        const seen = [];
        const promise = chat(kit);
        seen.push('called');
        await promise
          .then(() => seen.push('then'))
          .catch(() => seen.push('caught'))
          .finally(() => seen.push('finally'));
        return seen;
      },
    },
    {
      name: 'order: several that wait for one promise',
      run: async (kit) => {
        const seen = [];
        queueMicrotask(() => seen.push('microtask'));
        const promise = chat(kit);
        seen.push('called');
        process.nextTick(() => seen.push('tick'));
        await Promise.all([
          promise.then(() => seen.push('first')),
          promise.finally(() => seen.push('finally')),
          promise.then(() => seen.push('second')).then(() => seen.push('after the second')),
        ]);
        return seen;
      },
    },
    {
      name: 'order: of two calls the faster answers first',
      spans: 2,
      run: async (kit) => {
        const seen = [];
        await Promise.all([
          chat(kit, { model: 'slow-700' }).then(() => seen.push('slow')),
          chat(kit).then(() => seen.push('fast')),
        ]);
        return seen;
      },
    },
    {
      name: 'instance of the promise and of the answer',
      run: async (kit) => {
        const promise = chat(kit);
        const answer = await promise;
        return [kind(promise, kit.module), kind(answer, kit.module)];
      },
    },
    {
      name: 'not awaited at first: the request leaves at once',
      run: async (kit) => {
        const before = kit.server.requests.length;
        const promise = chat(kit);
        while (kit.server.requests.length === before) await new Promise(setImmediate);
        return typeof (await promise);
      },
    },
    { name: 'raw response', has: () => driver.raw, run: async (kit) => driver.raw(chat(kit)) },
    {
      name: 'raw response of a refusal',
      has: () => driver.raw,
      tokens: false,
      run: async (kit) => driver.raw(chat(kit, refused)),
    },
    ...STATUSES.map((status) => ({
      name: `refused with ${status}`,
      tokens: false,
      run: (kit) => chat(kit, { model: `refuse-${status}` }),
    })),
    {
      name: 'refused: instance of the SDK errors',
      tokens: false,
      run: (kit) => chat(kit, refused).catch((error) => kind(error, kit.module)),
    },
    {
      name: 'refused and never handled: one unhandled rejection',
      leaves: { requests: 1, unhandled: 1 },
      tokens: false,
      run: async (kit) => {
        void chat(kit, refused).then(() => undefined);
      },
    },
    {
      name: 'refused and never awaited',
      leaves: { requests: 1, unhandled: 1 },
      tokens: false,
      run: async (kit) => {
        void chat(kit, refused);
      },
    },
    {
      name: 'retried twice',
      has: () => driver.retries,
      run: (kit) => chat(kit, { model: flaky(503, times) }, { client: driver.retries }),
    },
    {
      name: 'retried with the repaired body each time',
      has: () => driver.retries,
      repaired: driver.repaired,
      run: (kit) => chat(kit, { model: flaky(503, times), temperature: 0.95 }, { client: driver.retries }),
    },
    {
      name: 'retried in vain',
      has: () => driver.retries,
      tokens: false,
      run: (kit) => chat(kit, { model: 'refuse-503' }, { client: driver.retries }),
    },
    {
      name: 'server unreachable',
      tokens: false,
      run: (kit) => chat(kit, {}, { url: 'http://127.0.0.1:1' }),
    },
    {
      name: 'error of the fetch function: the cause is the same object',
      has: () => driver.fetching,
      tokens: false,
      run: async (kit) => {
        const cause = new Error('no network today');
        const fails = async () => {
          throw cause;
        };
        const error = await chat(kit, {}, { client: driver.fetching(fails, kit.module) }).catch(
          (thrown) => thrown,
        );
        return { same: [error, error.cause, error.cause?.cause].indexOf(cause), error };
      },
    },
    {
      name: 'timeout',
      has: () => can('timeoutMs'),
      tokens: false,
      run: (kit) => chat(kit, { model: 'slow-3000' }, { timeoutMs: 60 }),
    },
    {
      name: 'aborted before',
      has: () => can('signal'),
      tokens: false,
      run: (kit) => chat(kit, {}, { signal: AbortSignal.abort() }),
    },
    {
      name: 'aborted while',
      has: () => can('signal'),
      tokens: false,
      run: async (kit) => {
        const controller = new AbortController();
        const before = kit.server.requests.length;
        const promise = chat(kit, { model: 'slow-3000' }, { signal: controller.signal });
        while (!kit.server.requests[before]?.rawBody) await new Promise(setImmediate);
        controller.abort();
        return promise;
      },
    },
    {
      name: 'aborted with a reason: identity of the error and its cause',
      has: () => can('signal'),
      tokens: false,
      run: async (kit) => {
        const controller = new AbortController();
        const reason = new Error('enough');
        const before = kit.server.requests.length;
        const promise = chat(kit, { model: 'slow-3000' }, { signal: controller.signal });
        while (!kit.server.requests[before]?.rawBody) await new Promise(setImmediate);
        controller.abort(reason);
        const error = await promise.catch((thrown) => thrown);
        return { same: [error, error.cause].indexOf(reason), error };
      },
    },
    {
      name: 'aborted after',
      has: () => can('signal'),
      run: async (kit) => {
        const controller = new AbortController();
        const answer = await chat(kit, {}, { signal: controller.signal });
        controller.abort();
        return answer;
      },
    },
    { name: 'embeddings', has: () => driver.embed, run: ({ client }) => driver.embed(client()) },
  ];
};
