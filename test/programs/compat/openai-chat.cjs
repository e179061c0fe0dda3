'use strict';
/** Ways to call chat completions that do not stream. */
const { kind } = require('./seen.cjs');
const { chat, directive, helpers, tool } = require('./openai-samples.cjs');

const create = ({ client }, params, options) =>
  client().chat.completions.create({ ...chat, ...params }, options);

exports.cases = [
  { name: 'await', run: (kit) => create(kit) },
  {
    name: 'awaited twice, the same object',
    run: async (kit) => {
      const promise = create(kit);
      return (await promise) === (await promise);
    },
  },
  {
    name: 'then and withResponse of one promise',
    run: async (kit) => {
      const promise = create(kit);
      const [data, both] = await Promise.all([promise, promise.withResponse()]);
      return { same: data === both.data, status: both.response.status };
    },
  },
  {
    name: 'withResponse',
    run: async (kit) => {
      const { data, response, request_id: id } = await create(kit).withResponse();
      return { object: data.object, status: response.status, used: response.bodyUsed, id: typeof id };
    },
  },
  {
    name: 'asResponse, body read by the caller',
    tokens: false,
    run: async (kit) => {
      const response = await create(kit).asResponse();
      return { used: response.bodyUsed, object: (await response.json()).object };
    },
  },
  {
    name: 'then, catch, finally in order',
    run: async (kit) => {
      const seen = [];
      const promise = create(kit);
      seen.push('called');
      await promise
        .then(({ object }) => seen.push(object))
        .catch(() => seen.push('caught'))
        .finally(() => seen.push('finally'));
      return seen;
    },
  },
  {
    name: 'instance of the SDK promise',
    run: async (kit) => {
      const promise = create(kit);
      await promise;
      return kind(promise, kit.module);
    },
  },
  {
    name: 'not awaited at first: the request leaves at once',
    run: async (kit) => {
      const before = kit.server.requests.length;
      const promise = create(kit);
      while (kit.server.requests.length === before) await new Promise(setImmediate);
      return (await promise).object;
    },
  },
  {
    name: 'raw response: instance',
    tokens: false,
    run: async (kit) => {
      const response = await create(kit).asResponse();
      return { is: response instanceof Response, class: response.constructor.name };
    },
  },
  { name: 'tool call', run: (kit) => create(kit, { tools: [tool] }) },
  { name: 'several choices', run: (kit) => create(kit, { n: 2 }) },
  {
    name: 'parse',
    has: ({ client }) => helpers(client()).parse,
    run: ({ client }) => helpers(client()).parse(chat),
  },
  {
    name: 'parse withResponse',
    has: ({ client }) => helpers(client()).parse,
    run: async ({ client }) => {
      const { data, response } = await helpers(client()).parse(chat).withResponse();
      return { data, status: response.status };
    },
  },
  {
    name: 'runTools',
    spans: 2,
    has: ({ client }) => helpers(client()).runTools,
    run: async ({ client }) => {
      const events = [];
      const runner = helpers(client()).runTools({
        ...chat,
        tools: [{ ...tool, function: { ...tool.function, function: lookUp, parse: JSON.parse } }],
      });
      for (const name of [
        'connect',
        'message',
        'functionToolCall',
        'functionCall',
        'functionToolCallResult',
        'functionCallResult',
        'finalContent',
        'end',
      ]) {
        runner.on(name, () => events.push(name));
      }
      const content = await runner.finalContent();
      return { events, content, messages: runner.messages.length };
    },
  },
  { name: 'refused: class, status, code', tokens: false, run: (kit) => create(kit, { n: -1 }) },
  {
    name: 'refused: instance of the SDK errors',
    tokens: false,
    run: (kit) => create(kit, { n: -1 }).catch((error) => kind(error, kit.module)),
  },
  { name: 'refused asResponse', tokens: false, run: (kit) => create(kit, { n: -1 }).asResponse() },
  { name: 'refused withResponse', tokens: false, run: (kit) => create(kit, { n: -1 }).withResponse() },
  {
    name: 'refused and never handled: one unhandled rejection',
    leaves: { requests: 1, unhandled: 1 },
    tokens: false,
    run: async (kit) => {
      void create(kit, { n: -1 }).then(() => undefined);
    },
  },
  {
    name: 'refused and never awaited',
    leaves: { requests: 1, unhandled: 1 },
    tokens: false,
    run: async (kit) => {
      void create(kit, { n: -1 });
    },
  },
  {
    name: 'rate limited, no retries',
    tokens: false,
    run: (kit) => create(kit, {}, { headers: directive('status=429 times=9') }),
  },
  {
    name: 'retried twice',
    run: (kit) => create(kit, {}, { maxRetries: 3, headers: directive('status=503 times=2') }),
  },
  {
    name: 'retried with the repaired body each time',
    repaired: { temperature: 0.7 },
    run: (kit) =>
      create(
        kit,
        { model: 'gpt-4o-repair', temperature: 0.95 },
        { maxRetries: 3, headers: directive('status=503 times=2') },
      ),
  },
  {
    name: 'connection cut in the answer',
    tokens: false,
    run: (kit) => create(kit, {}, { headers: directive('cut=0') }),
  },
  {
    name: 'server unreachable',
    tokens: false,
    run: ({ client }) => client({ baseURL: 'http://127.0.0.1:1/v1' }).chat.completions.create(chat),
  },
  {
    name: 'error of the fetch function: the cause is the same object',
    tokens: false,
    run: ({ client }) => {
      const cause = new Error('no network today');
      const fetch = async () => {
        throw cause;
      };
      return client({ fetch })
        .chat.completions.create(chat)
        .catch((error) => ({ same: error.cause === cause, error }));
    },
  },
  {
    name: 'timeout of the client',
    tokens: false,
    run: ({ client }) =>
      client({ timeout: 40 }).chat.completions.create(chat, { headers: directive('delay=2000') }),
  },
  {
    name: 'timeout, then tried again',
    tokens: false,
    run: (kit) => create(kit, {}, { timeout: 40, maxRetries: 1, headers: directive('delay=2000') }),
  },
  {
    name: 'timeout',
    tokens: false,
    run: (kit) => create(kit, {}, { timeout: 40, headers: directive('delay=2000') }),
  },
  { name: 'aborted before', tokens: false, run: (kit) => create(kit, {}, { signal: AbortSignal.abort() }) },
  {
    name: 'aborted while',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const before = kit.server.requests.length;
      const promise = create(kit, {}, { signal: controller.signal, headers: directive('delay=5000') });
      while (kit.server.requests.length === before) await new Promise(setImmediate);
      controller.abort();
      return promise;
    },
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
    name: 'aborted with a reason: identity of the error and its cause',
    tokens: false,
    run: async (kit) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const before = kit.server.requests.length;
      const promise = create(kit, {}, { signal: controller.signal, headers: directive('delay=5000') });
      while (kit.server.requests.length === before) await new Promise(setImmediate);
      controller.abort(reason);
      const error = await promise.catch((thrown) => thrown);
      return { same: [error, error.cause].indexOf(reason), error };
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
];

async function lookUp() {
  return 'nothing found';
}
