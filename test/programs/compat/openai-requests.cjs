'use strict';
/** Requests and clients of unusual shapes. */
const { chat } = require('./openai-samples.cjs');

const create = ({ client }, params) => client().chat.completions.create(params);

exports.cases = [
  { name: 'frozen parameters', run: (kit) => create(kit, deepFreeze(structuredClone(chat))) },
  {
    name: 'frozen parameters, repaired: the caller keeps its own',
    repaired: { temperature: 0.7 },
    run: async (kit) => {
      const params = deepFreeze({ ...chat, model: 'gpt-4o-repair', temperature: 0.95 });
      await create(kit, params);
      return params.temperature;
    },
  },
  { name: 'proxied parameters', run: (kit) => create(kit, new Proxy({ ...chat }, {})) },
  {
    name: 'parameters with a getter',
    run: (kit) =>
      create(kit, {
        ...chat,
        get temperature() {
          return 0.5;
        },
      }),
  },
  {
    name: 'a getter that throws',
    failsInside: true,
    tokens: false,
    run: async (kit) =>
      create(kit, {
        ...chat,
        get temperature() {
          throw new RangeError('no temperature here');
        },
      }),
  },
  {
    name: 'a model getter that throws',
    failsInside: true,
    spans: 0,
    run: async (kit) =>
      create(kit, {
        messages: chat.messages,
        get model() {
          throw new RangeError('no model here');
        },
      }),
  },
  {
    name: 'cyclic parameters',
    tokens: false,
    run: async (kit) => {
      const metadata = {};
      metadata.self = metadata;
      return create(kit, { ...chat, metadata }).catch((error) => error.constructor.name);
    },
  },
  {
    name: 'parameters with a BigInt',
    tokens: false,
    run: async (kit) => create(kit, { ...chat, seed: 7n }).catch((error) => error.constructor.name),
  },
  {
    name: 'parameters with toJSON',
    run: (kit) => create(kit, { ...chat, user: { toJSON: () => 'someone' } }),
  },
  {
    name: 'parameters with undefined',
    run: (kit) => create(kit, { ...chat, temperature: undefined, stop: undefined }),
  },
  {
    name: 'parameters made by a class',
    run: (kit) => create(kit, Object.assign(new (class Params {})(), chat)),
  },
  {
    name: 'no parameters',
    tokens: false,
    run: async ({ client }) =>
      client()
        .chat.completions.create()
        .catch((error) => error.constructor.name),
  },
  {
    name: 'headers, query and idempotency key of a request',
    run: ({ client }) =>
      client().chat.completions.create(chat, {
        headers: { 'x-team': 'a' },
        query: { trial: '1' },
        idempotencyKey: 'key',
      }),
  },
];

function deepFreeze(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
