'use strict';
/** Spans the SDK makes itself, and what Arc leaves alone. */
const { collect } = require('./seen.cjs');
const { message } = require('./anthropic-samples.cjs');

const has =
  (...path) =>
  ({ client }) =>
    path.reduce((at, key) => at?.[key], client());
/** Releases that make spans of their own once there is a tracer provider. */
const traces = ({ version }) => {
  const [major, minor] = version.split('.').map(Number);
  return major > 0 || minor >= 134;
};

exports.cases = [
  {
    name: 'spans of its own: none beside that of Arc',
    has: traces,
    run: ({ client }) => client().messages.create(message),
    verify: scopes('arc'),
  },
  {
    name: 'spans of its own: none beside that of Arc for a stream',
    has: traces,
    run: async ({ client }) => collect(await client().messages.create({ ...message, stream: true })),
    verify: scopes('arc'),
  },
  {
    name: 'spans of its own, chosen',
    has: traces,
    run: ({ client, withNativeTelemetry }) =>
      withNativeTelemetry('sdk', () => client().messages.create(message)),
    verify: scopes('com.anthropic.sdk.typescript'),
  },
  {
    name: 'spans of its own, chosen, for a stream',
    has: traces,
    run: ({ client, withNativeTelemetry }) =>
      withNativeTelemetry('sdk', async () =>
        collect(await client().messages.create({ ...message, stream: true })),
      ),
    verify: scopes('com.anthropic.sdk.typescript'),
  },
  {
    name: 'spans of its own, chosen: repaired all the same',
    has: traces,
    repaired: { temperature: 0.7 },
    bySdk: true,
    run: ({ client, withNativeTelemetry }) =>
      withNativeTelemetry('sdk', () =>
        client().messages.create({ ...message, model: 'claude-repair', temperature: 0.95 }),
      ),
    verify: scopes('com.anthropic.sdk.typescript'),
  },
  {
    name: 'spans of its own, switched off by the owner of the client',
    has: traces,
    run: ({ client, withNativeTelemetry }) =>
      withNativeTelemetry('sdk', () => client({ openTelemetry: { traces: false } }).messages.create(message)),
    verify: scopes('arc'),
  },
  beside('countTokens', has('messages', 'countTokens'), ({ messages }) =>
    messages.countTokens({ model: message.model, messages: message.messages }),
  ),
  beside('models.list', has('models', 'list'), async ({ models }) => collect(await models.list())),
  beside('batches.create', has('messages', 'batches', 'create'), ({ messages }) =>
    messages.batches.create({ requests: [{ custom_id: 'a', params: message }] }),
  ),
  beside('batches.results', has('messages', 'batches', 'results'), async ({ messages }) =>
    collect(await messages.batches.results('msgbatch_1')),
  ),
  beside('files.upload', has('beta', 'files', 'upload'), ({ beta }) =>
    beta.files.upload({ file: new File(['x'], 'x.txt') }),
  ),
  beside('files.download', has('beta', 'files', 'download'), async ({ beta }) =>
    (await beta.files.download('file_1')).text(),
  ),
];

/** Every span of the call is of this scope. */
function scopes(wanted) {
  return (spans) =>
    spans
      .map(({ instrumentationScope, name }) => `${name} of ${instrumentationScope.name}`)
      .filter((name) => !name.endsWith(` of ${wanted}`));
}

/** An API for which the conventions have no inference span. The SDK's own spans are none of Arc's. */
function beside(name, has, call) {
  return {
    name: `${name}: left alone`,
    spans: 0,
    has,
    run: (kit) => call(kit.client({ baseURL: kit.media }), kit),
  };
}
