'use strict';
/** Ways to call messages that do not stream. */
const { kind } = require('./seen.cjs');
const { directive, message, tool } = require('./anthropic-samples.cjs');

const create = ({ client }, params, options) => client().messages.create({ ...message, ...params }, options);
const has =
  (...path) =>
  ({ client }) =>
    path.reduce((at, key) => at?.[key], client());
const beta = has('beta', 'messages', 'create');

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
    name: 'withResponse',
    run: async (kit) => {
      const { data, response, request_id: id } = await create(kit).withResponse();
      return { type: data.type, status: response.status, used: response.bodyUsed, id: typeof id };
    },
  },
  {
    name: 'asResponse, body read by the caller',
    tokens: false,
    run: async (kit) => (await (await create(kit).asResponse()).json()).type,
  },
  {
    name: 'then, catch, finally in order',
    run: async (kit) => {
      const seen = [];
      await create(kit)
        .then(({ type }) => seen.push(type))
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
  { name: 'tool call', run: (kit) => create(kit, { tools: [tool] }) },
  { name: 'parse', has: has('messages', 'parse'), run: ({ client }) => client().messages.parse(message) },
  { name: 'parse with a zod format', has: zod, run: parseZod },
  {
    name: 'parse with a zod format, repaired',
    has: zod,
    repaired: { temperature: 0.7 },
    run: (kit) => parseZod(kit, { model: 'claude-repair', temperature: 0.95 }),
  },
  { name: 'refused: class and status', tokens: false, run: (kit) => create(kit, { max_tokens: -1 }) },
  {
    name: 'refused: instance of the SDK errors',
    tokens: false,
    run: (kit) => create(kit, { max_tokens: -1 }).catch((error) => kind(error, kit.module)),
  },
  { name: 'refused asResponse', tokens: false, run: (kit) => create(kit, { max_tokens: -1 }).asResponse() },
  {
    name: 'refused and never handled: one unhandled rejection',
    leaves: { requests: 1, unhandled: 1 },
    tokens: false,
    run: async (kit) => {
      void create(kit, { max_tokens: -1 }).then(() => undefined);
    },
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
        { model: 'claude-repair', temperature: 0.95 },
        { maxRetries: 3, headers: directive('status=503 times=2') },
      ),
  },
  {
    name: 'overloaded, no retries',
    tokens: false,
    run: (kit) => create(kit, {}, { headers: directive('status=529 times=9') }),
  },
  {
    name: 'server unreachable',
    tokens: false,
    run: ({ client }) => client({ baseURL: 'http://127.0.0.1:1' }).messages.create(message),
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
        .messages.create(message)
        .catch((error) => ({ same: error.cause === cause, error }));
    },
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
    name: 'frozen parameters',
    run: ({ client }) =>
      client().messages.create(Object.freeze({ ...message, messages: Object.freeze(message.messages) })),
  },
  {
    name: 'proxied parameters',
    run: ({ client }) => client().messages.create(new Proxy({ ...message }, {})),
  },
  {
    name: 'a getter that throws',
    tokens: false,
    run: async (kit) =>
      kit.client().messages.create({
        ...message,
        get system() {
          throw new RangeError('no system here');
        },
      }),
  },
  {
    name: 'parameters with a BigInt',
    tokens: false,
    run: async (kit) => create(kit, { metadata: { user_id: 7n } }).catch((error) => error.constructor.name),
  },
  {
    name: 'a subclassed client',
    run: async ({ Client, options }) => {
      class Mine extends Client {}
      const client = new Mine(options);
      return { is: client instanceof Client, answer: await client.messages.create(message) };
    },
  },
  { name: 'a second copy of the SDK', spans: 2, has: ({ loadSecond }) => loadSecond, run: second },
  { name: 'beta messages', has: beta, run: ({ client }) => client().beta.messages.create(message) },
  {
    name: 'beta messages with betas',
    has: beta,
    run: ({ client }) =>
      client().beta.messages.create({ ...message, betas: ['token-efficient-tools-2025-02-19'] }),
  },
  {
    name: 'beta messages refused',
    has: beta,
    tokens: false,
    run: ({ client }) => client().beta.messages.create({ ...message, max_tokens: -1 }),
  },
  { name: 'toolRunner', spans: 2, has: has('beta', 'messages', 'toolRunner'), run: runTools },
  {
    name: 'toolRunner streamed',
    spans: 2,
    has: has('beta', 'messages', 'toolRunner'),
    run: async ({ client }) => {
      let count = 0;
      for await (const turn of client().beta.messages.toolRunner({
        ...turns(client),
        stream: true,
        tools: [runnable()],
      })) {
        await turn.finalMessage();
        count += 1;
      }
      return count;
    },
  },
];

/** The newest releases keep the conversation at the provider, which the stand-in does not offer. */
function turns(client) {
  return client().beta.messages.thread ? { ...message, thread: false } : message;
}

function runnable() {
  return { ...tool, type: 'custom', run: async () => 'nothing found', parse: (input) => input };
}

async function runTools({ client }) {
  const runner = client().beta.messages.toolRunner({ ...turns(client), tools: [runnable()] });
  const reasons = [];
  for await (const { stop_reason: reason } of runner) reasons.push(reason);
  return { reasons, final: (await runner.done()).content };
}

async function second({ client, loadSecond, options }) {
  const other = await loadSecond();
  const copy = new (other.Anthropic ?? other.default)(options);
  const answers = await Promise.all([client().messages.create(message), copy.messages.create(message)]);
  return answers.map(({ type }) => type);
}

async function zod({ load, client }) {
  const [zod, helper] = await Promise.all([load('zod/v4'), load('@anthropic-ai/sdk/helpers/zod')]);
  return (
    client().messages.parse &&
    zod?.z.toJSONSchema &&
    helper?.zodOutputFormat && { z: zod.z, format: helper.zodOutputFormat }
  );
}

async function parseZod(kit, more) {
  const { z, format } = await zod(kit);
  const output_config = { format: format(z.object({ answer: z.string() })) };
  const { parsed_output: parsed } = await kit.client().messages.parse({ ...message, ...more, output_config });
  return parsed;
}
