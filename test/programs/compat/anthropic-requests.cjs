'use strict';
/** Messages: unusual requests and clients, and what comes before what. */
const { kind } = require('./seen.cjs');
const { directive, message } = require('./anthropic-samples.cjs');
const { manyAtOnce, throughFewConnections } = require('./many-at-once.cjs');

const create = ({ client }, params, options) => client().messages.create({ ...message, ...params }, options);
const hot = { model: 'claude-repair', temperature: 0.95 };

exports.cases = [
  {
    name: 'order: several that wait for one promise',
    run: async (kit) => {
      const seen = [];
      queueMicrotask(() => seen.push('microtask'));
      const promise = create(kit);
      seen.push('called');
      process.nextTick(() => seen.push('tick'));
      await Promise.all([
        promise.then(() => seen.push('first')),
        promise.withResponse().then(() => seen.push('with response')),
        promise.finally(() => seen.push('finally')),
        promise.then(() => seen.push('second')),
      ]);
      return seen;
    },
  },
  {
    name: 'order: events of the stream() helper, and what waits for it',
    run: async ({ client }) => {
      const seen = [];
      const runner = client().messages.stream(message);
      for (const name of [
        'connect',
        'streamEvent',
        'text',
        'contentBlock',
        'message',
        'finalMessage',
        'end',
      ]) {
        runner.on(name, () => seen.push(name));
      }
      await Promise.all([
        runner.done().then(() => seen.push('done()')),
        runner.finalMessage().then(() => seen.push('finalMessage()')),
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
        create(kit, {}, { headers: directive('delay=700') }).then(() => seen.push('slow')),
        create(kit).then(() => seen.push('fast')),
      ]);
      return seen;
    },
  },
  {
    name: 'refused and never awaited',
    leaves: { requests: 1, unhandled: 1 },
    tokens: false,
    run: async (kit) => {
      void create(kit, { max_tokens: -1 });
    },
  },
  {
    name: 'connection cut in the answer',
    tokens: false,
    run: (kit) => create(kit, {}, { headers: directive('cut=0') }),
  },
  {
    name: 'timeout, then tried again',
    tokens: false,
    run: (kit) => create(kit, {}, { timeout: 40, maxRetries: 1, headers: directive('delay=2000') }),
  },
  {
    name: 'aborted between two attempts',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const before = kit.server.requests.length;
      const headers = directive('status=503 times=9');
      const promise = create(kit, {}, { signal: controller.signal, maxRetries: 9, headers });
      while (!kit.server.requests[before + 1]?.finished) await new Promise(setImmediate);
      controller.abort();
      return promise.catch((error) => kind(error, kit.module));
    },
  },
  {
    name: 'aborted after',
    run: async (kit) => {
      const controller = new AbortController();
      const answer = await create(kit, {}, { signal: controller.signal });
      controller.abort();
      return answer;
    },
  },
  {
    name: 'frozen parameters, repaired: the caller keeps its own',
    repaired: { temperature: 0.7 },
    run: async ({ client }) => {
      const params = Object.freeze({ ...message, ...hot });
      await client().messages.create(params);
      return params.temperature;
    },
  },
  {
    name: 'cyclic parameters',
    tokens: false,
    run: async (kit) => {
      const metadata = {};
      metadata.self = metadata;
      return create(kit, { metadata }).catch((error) => error.constructor.name);
    },
  },
  {
    name: 'a model getter that throws',
    failsInside: true,
    spans: 0,
    run: async ({ client }) =>
      client().messages.create({
        ...message,
        get model() {
          throw new RangeError('no model here');
        },
      }),
  },
  {
    name: 'no parameters',
    tokens: false,
    run: async ({ client }) =>
      client()
        .messages.create()
        .catch((error) => error.constructor.name),
  },
  {
    name: 'a subclassed resource',
    has: ({ Client }) => Client.Messages,
    run: async ({ Client, client }) => {
      class Mine extends Client.Messages {
        create(params, options) {
          return super.create({ ...params, metadata: { user_id: 'mine' } }, options);
        }
      }
      return new Mine(client()).create(message);
    },
  },
  {
    name: 'a client: instance',
    spans: 0,
    run: async ({ client, module }) => [kind(client(), module).of, kind(client().messages, module).of],
  },
  {
    name: 'the CommonJS copy and the ES module copy',
    spans: 2,
    run: async ({ client, loadOther, Client, options }) => {
      const other = await loadOther();
      const Other = other[Client.name] ?? other.default;
      const answers = await Promise.all([
        client().messages.create(message),
        new Other(options).messages.create(message).withResponse(),
      ]);
      return [answers[0].type, answers[1].data.type, Other === Client];
    },
  },
  manyAtOnce({
    prepare: ({ client, options }) => client({ fetch: throughFewConnections(options.fetch) }),
    call: (client, model, content) =>
      client.messages.create({ ...message, model, messages: [{ role: 'user', content }] }),
    read: ({ model, usage, content }) => ({
      model,
      input: usage.input_tokens,
      output: usage.output_tokens,
      text: content[0].text,
    }),
  }),
];
