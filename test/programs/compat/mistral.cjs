'use strict';
/** `@mistralai/mistralai`. Its streams are `ReadableStream`s. */
const { startMistral } = require('../../../dist/test/helpers/providers/mistral.js');
const { collect } = require('./seen.cjs');
const { sdkOf } = require('./ways.cjs');

const model = 'mistral-small-latest';
const messages = [{ role: 'user', content: 'Hello' }];
const backoff = { initialInterval: 5, maxInterval: 10, exponent: 1, maxElapsedTime: 2_000 };
const texts = (events) => events.map(({ data }) => data.choices[0].delta.content);
const start = ({ client }, name = model) => client().chat.stream({ model: name, messages });
const city = async ({ load }) => {
  const { z } = await load('zod');
  return z.object({ city: z.string() });
};

exports.sdk = sdkOf({
  package: '@mistralai/mistralai',
  start: startMistral,
  classOf: ({ Mistral }) => Mistral,
  arguments: (serverURL, more) => [{ apiKey: 'none', serverURL, ...more }],
  model,
  params: ({ model: name, temperature, text }) => ({
    model: name,
    messages: [{ role: 'user', content: text }],
    temperature,
  }),
  chat: (client, params, options) => client.chat.complete(params, options),
  stream: (client, params, options) => client.chat.stream(params, options),
  embed: (client) => client.embeddings.create({ model: 'mistral-embed', inputs: ['Hello'] }),
  takes: ['signal', 'timeoutMs'],
  options: ({ signal, timeoutMs }) => ({
    ...(signal && { fetchOptions: { signal } }),
    ...(timeoutMs && { timeoutMs }),
  }),
  retries: { retryConfig: { strategy: 'backoff', backoff, retryConnectionErrors: false } },
  fetching: (fetcher, { HTTPClient }) => ({ httpClient: new HTTPClient({ fetcher }) }),
  usageOf: ({ usage }) => ({ input: usage.promptTokens, output: usage.completionTokens }),
  hot: { api: 'mistral.chat', path: 'temperature' },
  repaired: { temperature: 0.5 },
  // How often it tries is a matter of time.
  expect: { 'retried in vain': null },
  own: [
    { name: 'stream by values()', run: async (kit) => texts(await collect((await start(kit)).values())) },
    {
      name: 'stream by getReader()',
      run: async (kit) => {
        const made = await start(kit);
        const reader = made.getReader();
        const parts = [];
        for (let step = await reader.read(); !step.done; step = await reader.read()) parts.push(step.value);
        return [texts(parts), made.locked];
      },
    },
    {
      name: 'stream by tee()',
      run: async (kit) =>
        Promise.all((await start(kit)).tee().map(async (part) => texts(await collect(part)))),
    },
    {
      name: 'stream by pipeThrough()',
      run: async (kit) => {
        const content = new TransformStream({
          transform: ({ data }, controller) => controller.enqueue(data.choices[0].delta.content),
        });
        return collect((await start(kit)).pipeThrough(content));
      },
    },
    {
      name: 'stream by pipeTo()',
      run: async (kit) => {
        const parts = [];
        await (await start(kit)).pipeTo(new WritableStream({ write: (part) => void parts.push(part) }));
        return texts(parts);
      },
    },
    {
      name: 'stream cancelled',
      tokens: false,
      run: async (kit) => [await (await start(kit, 'endless')).cancel('enough')],
    },
    {
      name: 'stream in use',
      tokens: false,
      run: async (kit) => {
        const made = await start(kit);
        const reader = made.getReader();
        const second = await made.cancel().catch((error) => error);
        await reader.cancel('enough');
        return [second, made.locked];
      },
    },
    {
      name: 'chat.parse with a zod schema',
      run: async (kit) => {
        const answer = await kit.client().chat.parse({ model, messages, responseFormat: await city(kit) });
        return answer.choices[0].message.parsed;
      },
    },
    {
      name: 'chat.parse with a zod schema, repaired',
      repaired: { temperature: 0.5 },
      run: async (kit) => {
        const params = { model, messages, temperature: 0.95, responseFormat: await city(kit) };
        return (await kit.client().chat.parse(params)).choices[0].message.parsed;
      },
    },
    {
      name: 'chat.parseStream with a zod schema',
      run: async (kit) => {
        const params = { model, messages, responseFormat: await city(kit) };
        return texts(await collect(await kit.client().chat.parseStream(params)));
      },
    },
    { name: 'agents.complete', run: ({ client }) => client().agents.complete({ agentId: 'ag_1', messages }) },
    {
      name: 'agents.stream',
      run: async ({ client }) =>
        texts(await collect(await client().agents.stream({ agentId: 'ag_1', messages }))),
    },
    {
      name: 'fim.complete',
      run: ({ client }) => client().fim.complete({ model: 'codestral-latest', prompt: 'let a' }),
    },
    {
      name: 'fim.stream',
      run: async ({ client }) =>
        texts(await collect(await client().fim.stream({ model: 'codestral-latest', prompt: 'let a' }))),
    },
    { name: 'models.list: left alone', spans: 0, run: ({ client }) => client().models.list() },
  ],
});
