'use strict';
/** Requests and clients of unusual shapes. */
const { chat, directive } = require('./openai-samples.cjs');

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
  {
    name: 'a subclassed client',
    run: async ({ Client, options }) => {
      class Mine extends Client {
        name() {
          return 'mine';
        }
      }
      const client = new Mine(options);
      return {
        name: client.name(),
        is: client instanceof Client,
        answer: await client.chat.completions.create(chat),
      };
    },
  },
  {
    name: 'withOptions',
    has: ({ client }) => client().withOptions,
    run: ({ client }) => client().withOptions({ timeout: 9_000 }).chat.completions.create(chat),
  },
  {
    name: 'a detached method',
    run: ({ client }) => {
      const { completions } = client().chat;
      return completions.create.call(completions, chat);
    },
  },
  {
    name: 'name and length of the method',
    spans: 0,
    run: async ({ client }) => {
      const { create } = client().chat.completions;
      return { name: create.name, length: create.length };
    },
  },
  {
    name: 'a second copy of the SDK',
    spans: 2,
    has: ({ loadSecond }) => loadSecond,
    run: async ({ client, loadSecond, options }) => {
      const other = await loadSecond();
      const second = new (other.OpenAI ?? other.default)(options);
      const answers = await Promise.all([
        client().chat.completions.create(chat),
        second.chat.completions.create(chat).withResponse(),
      ]);
      return { objects: [answers[0].object, answers[1].data.object] };
    },
  },
  { name: 'AzureOpenAI', has: ({ module }) => module.AzureOpenAI, run: (kit) => azure(kit, 'gpt-4o') },
  {
    name: 'AzureOpenAI: a repair that would change the URL is refused',
    has: ({ module }) => module.AzureOpenAI,
    run: (kit) => azure(kit, 'gpt-4o-azure'),
  },
  { name: 'many at once', spans: 40, run: many },
];

/** Azure's URLs name the deployment; the stand-in answers under OpenAI's. */
async function azure({ module, server }, model) {
  const urls = [];
  const send = (url, init) => {
    urls.push(String(url).replace(server.url, ''));
    return fetch(String(url).replace(/\/openai\/deployments\/[^/]+/, '/v1'), init);
  };
  const client = new module.AzureOpenAI({
    apiKey: 'none',
    apiVersion: '2024-10-21',
    endpoint: server.url,
    fetch: send,
    maxRetries: 0,
  });
  // The stand-in wants a key in OpenAI's header too.
  const answer = await client.chat.completions.create(
    { ...chat, model },
    { headers: { authorization: 'Bearer none' } },
  );
  return { urls, model: answer.model };
}

async function many({ client }) {
  const openai = client();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      openai.chat.completions.create(
        { ...chat, messages: [{ role: 'user', content: `number ${index}` }] },
        { headers: directive('delay=1') },
      ),
    ),
  );
  return answers.map(({ choices }) => choices[0].message.content);
}

function deepFreeze(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
