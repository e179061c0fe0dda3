'use strict';
/** `ollama`. The client writes `stream` into what it is given. */
const { startOllama } = require('../../../dist/test/helpers/providers/ollama.js');
const { collect } = require('./seen.cjs');
const { sdkOf } = require('./ways.cjs');

const model = 'llama3.2';
const messages = [{ role: 'user', content: 'Name a river.' }];

exports.sdk = sdkOf({
  package: 'ollama',
  start: startOllama,
  classOf: ({ Ollama }) => Ollama,
  arguments: (host, more) => [{ host, ...more }],
  model,
  params: ({ model: name, temperature, text, streamed }) => ({
    model: name,
    messages: [{ role: 'user', content: text }],
    options: { temperature, num_predict: 64 },
    ...(streamed && { stream: true }),
  }),
  chat: (client, params) => client.chat(params),
  stream: (client, params) => client.chat(params),
  embed: (client) => client.embed({ model: 'all-minilm', input: ['a', 'b'] }),
  fetching: (fetch) => ({ fetch }),
  breakAborts: false,
  usageOf: ({ prompt_eval_count: input, eval_count: output }) => ({ input, output }),
  hot: { api: 'ollama.chat', path: 'options.temperature' },
  repaired: { options: { temperature: 0.5 } },
  // What is repaired is a copy, which the client can write into.
  expect: { 'frozen parameters, repaired: the caller keeps its own': null },
  own: [
    { name: 'generate', run: ({ client }) => client().generate({ model, prompt: 'Hi' }) },
    {
      name: 'generate stream',
      run: async ({ client }) => collect(await client().generate({ model, prompt: 'Hi', stream: true })),
    },
    {
      name: 'stream aborted by itself',
      tokens: false,
      run: async ({ client }) => {
        const stream = await client().chat({ model: 'endless', messages, stream: true });
        for await (const _part of stream) stream.abort();
      },
    },
    {
      name: 'stream aborted by its client before it is read',
      tokens: false,
      run: async ({ client }) => {
        const one = client();
        const stream = await one.chat({ model: 'endless', messages, stream: true });
        one.abort();
        return collect(stream);
      },
    },
    {
      name: 'stream that fails in the middle',
      tokens: false,
      run: async ({ client }) => collect(await client().chat({ model: 'broken', messages, stream: true })),
    },
    {
      name: 'the client the package makes',
      has: ({ module }) => module.default?.chat,
      spans: 0,
      run: async ({ module }) => [module.default.constructor.name, typeof module.default.chat],
    },
    { name: 'list: left alone', spans: 0, run: ({ client }) => client().list() },
  ],
});
