'use strict';
/** Requests and clients of unusual shapes. */
const { call, deepFreeze } = require('./way.cjs');
const { manyAtOnce, throughFewConnections } = require('./many-at-once.cjs');

exports.requests = (driver) => {
  const chat = call(driver, 'chat');
  const stream = call(driver, 'stream');
  const changed = (kit, change, variation) => chat(kit, variation, { change });
  return [
    { name: 'repaired', repaired: driver.repaired, run: (kit) => chat(kit, { temperature: 0.95 }) },
    { name: 'frozen parameters', tokens: 'when answered', run: (kit) => changed(kit, deepFreeze) },
    {
      name: 'frozen parameters of a stream',
      tokens: 'when answered',
      run: async (kit) => {
        let count = 0;
        for await (const _chunk of await stream(kit, {}, { change: deepFreeze })) count += 1;
        return count;
      },
    },
    {
      name: 'frozen parameters, repaired: the caller keeps its own',
      repaired: driver.repaired,
      run: async (kit) => {
        let mine;
        await changed(kit, (params) => (mine = deepFreeze(params)), { temperature: 0.95 });
        return mine;
      },
    },
    { name: 'proxied parameters', run: (kit) => changed(kit, (params) => new Proxy(params, {})) },
    {
      name: 'parameters with a getter',
      run: (kit) =>
        changed(kit, (params) => Object.defineProperty(params, 'extra', { get: () => 1, enumerable: true })),
    },
    {
      name: 'a getter that throws',
      failsInside: true,
      tokens: 'when answered',
      run: (kit) => changed(kit, (params) => withGetter(params, 'temperature')),
    },
    {
      name: 'a model getter that throws',
      failsInside: true,
      spans: 0,
      run: (kit) => changed(kit, (params) => withGetter(params, driver.modelKey ?? 'model')),
    },
    {
      name: 'cyclic parameters',
      tokens: 'when answered',
      run: (kit) =>
        changed(kit, (params) => {
          const metadata = {};
          metadata.self = metadata;
          return { ...params, metadata };
        }).catch((error) => error.constructor.name),
    },
    {
      name: 'parameters with a BigInt',
      tokens: 'when answered',
      run: (kit) =>
        changed(kit, (params) => ({ ...params, seed: 7n })).catch((error) => error.constructor.name),
    },
    {
      name: 'parameters made by a class',
      tokens: 'when answered',
      run: (kit) => changed(kit, (params) => Object.assign(new Params(), params)),
    },
    { name: 'no parameters', tokens: 'when answered', run: (kit) => changed(kit, () => undefined) },
    { name: 'null for parameters', tokens: 'when answered', run: (kit) => changed(kit, () => null) },
    { name: 'a text for parameters', tokens: 'when answered', run: (kit) => changed(kit, () => 'hello') },
    {
      name: 'a subclassed client',
      has: ({ Client }) => Client,
      run: async (kit) => {
        const { Client } = kit;
        class Mine extends Client {}
        const mine = new Mine(...kit.clientArguments({}));
        return [
          mine instanceof Client,
          await driver.chat(mine, driver.params({ model: driver.model, text: 'Hello' })),
        ];
      },
    },
    {
      name: 'by require and by import in one process',
      spans: 2,
      run: async (kit) => {
        const other = await kit.loadOther();
        const params = () => driver.params({ model: driver.model, text: 'Hello there' });
        const [one, two] = await Promise.all([chat(kit), driver.chat(kit.secondClient(other), params())]);
        return [one, two];
      },
    },
    manyAtOnce({
      // Only where a client takes a `fetch` can its connections be kept few.
      count: (kit) => (driver.fetching ? kit.atOnce : Math.min(kit.atOnce, 200)),
      prepare: ({ client, module }) => client(driver.fetching?.(throughFewConnections(), module) ?? {}),
      call: (client, model, text) => driver.chat(client, driver.params({ model, text })),
      read: driver.usageOf,
    }),
  ];
};

class Params {}

function withGetter(params, name) {
  return Object.defineProperty(params, name, {
    enumerable: true,
    get() {
      throw new RangeError(`no ${name} here`);
    },
  });
}
