'use strict';
/** `cohere-ai`, by its second version. */
const { startCohere } = require('../../../dist/test/helpers/providers/cohere.js');
const { collect } = require('./seen.cjs');
const { sdkOf } = require('./ways.cjs');

const model = 'command-a-03-2025';
const messages = [{ role: 'user', content: 'Hello' }];
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

exports.sdk = sdkOf({
  package: 'cohere-ai',
  start: startCohere,
  classOf: ({ CohereClientV2 }) => CohereClientV2,
  // The SDK leaves the timer of its timeout running when a request fails.
  arguments: (environment, more) => [
    { token: 'none', environment, maxRetries: 0, timeoutInSeconds: 30, ...more },
  ],
  model,
  params: ({ model: name, temperature, text }) => ({
    model: name,
    messages: [{ role: 'user', content: text }],
    ...(temperature !== undefined && { temperature }),
  }),
  chat: (client, params, options) => client.chat(params, options),
  stream: (client, params, options) => client.chatStream(params, options),
  embed: (client) => client.embed({ model: 'embed-v4.0', inputType: 'search_query', texts: ['Hello'] }),
  takes: ['signal', 'timeoutMs'],
  options: ({ signal, timeoutMs }) => ({
    ...(signal && { abortSignal: signal }),
    ...(timeoutMs && { timeoutInSeconds: timeoutMs / 1000 }),
  }),
  raw: async (promise) => {
    const { data, rawResponse } = await promise.withRawResponse();
    return { data, status: rawResponse.status, same: data === (await promise) };
  },
  // It waits for a second before it tries again, and for two the next time.
  retries: { maxRetries: 1 },
  attempts: 2,
  // Tokens as they are billed, as the conventions ask.
  usageOf: ({ usage: { billedUnits } }) => ({
    input: billedUnits.inputTokens,
    output: billedUnits.outputTokens,
  }),
  hot: { api: 'cohere.chat', path: 'temperature' },
  repaired: { temperature: 0.5 },
  own: [
    {
      name: 'raw response of a stream',
      run: async ({ client }) => {
        const { data, rawResponse } = await client().chatStream({ model, messages }).withRawResponse();
        return [await collect(data), rawResponse.status];
      },
    },
    {
      name: 'tool calls, whole and streamed',
      spans: 2,
      run: async ({ client }) => {
        const params = { model, messages, tools: [weather] };
        return [await client().chat(params), await collect(await client().chatStream(params))];
      },
    },
    {
      name: 'v2 of the older client',
      run: async ({ module, server }) => {
        const client = new module.CohereClient({ token: 'none', environment: server.url, maxRetries: 0 });
        return client.v2.chat({ model, messages });
      },
    },
    {
      name: 'models.list: left alone',
      spans: 0,
      run: ({ module, server }) =>
        new module.CohereClient({ token: 'none', environment: server.url, maxRetries: 0 }).models.list(),
    },
  ],
});
