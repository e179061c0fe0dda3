'use strict';
/** `@google/genai`. */
const { startGoogle } = require('../../../dist/test/helpers/providers/google-genai.js');
const { collect } = require('./seen.cjs');
const { sdkOf } = require('./ways.cjs');

const model = 'gemini-2.5-flash';
const weather = { name: 'weather', parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } } } };
/** A tool the SDK calls by itself, with a second request. */
const callable = () => ({
  tool: async () => ({ functionDeclarations: [weather] }),
  callTool: async () => [{ functionResponse: { name: 'weather', response: { sky: 'blue' } } }],
});
const texts = (parts) => parts.map(({ text }) => text);

exports.sdk = sdkOf({
  package: '@google/genai',
  start: startGoogle,
  classOf: ({ GoogleGenAI }) => GoogleGenAI,
  arguments: (baseUrl, { httpOptions, ...more }) => [
    { apiKey: 'none', httpOptions: { baseUrl, ...httpOptions }, ...more },
  ],
  model,
  params: ({ model: name, temperature, text }) => ({
    model: name,
    contents: text,
    config: { temperature, maxOutputTokens: 64 },
  }),
  chat: (client, params) => client.models.generateContent(params),
  stream: (client, params) => client.models.generateContentStream(params),
  embed: (client) => client.models.embedContent({ model: 'gemini-embedding-001', contents: 'Hello' }),
  takes: ['signal', 'timeoutMs'],
  withOptions: (params, { signal, timeoutMs }) => ({
    ...params,
    config: {
      ...params.config,
      ...(signal && { abortSignal: signal }),
      ...(timeoutMs && { httpOptions: { timeout: timeoutMs } }),
    },
  }),
  retries: { httpOptions: { retryOptions: { attempts: 3, initialDelay: 0.005, maxDelay: 0.01, jitter: 0 } } },
  fetching: (fetch) => ({ httpOptions: { fetch } }),
  breakAborts: false,
  usageOf: ({ usageMetadata: usage }) => ({
    input: usage.promptTokenCount,
    output: usage.candidatesTokenCount + usage.thoughtsTokenCount,
  }),
  hot: { api: 'google.generate_content', path: 'config.temperature' },
  repaired: { generationConfig: { temperature: 0.5 } },
  // Each chunk has token counts. The SDK looks at the parameters before it comes to what Arc wraps.
  expect: {
    'stream left early': { tokens: true },
    'stream left by an error of the reader': { tokens: true },
    'stream aborted by the signal': { tokens: true },
    'stream cut in the middle': { tokens: true },
    'stream read again after it failed': { tokens: true },
    'no parameters': { spans: 0 },
    'null for parameters': { spans: 0 },
  },
  own: [
    {
      name: 'without continuation',
      spans: 2,
      run: async ({ client }) => {
        const sent = { model, contents: 'Hello', config: { automaticContinuation: false } };
        const stream = await client().models.generateContentStream(sent);
        return [(await client().models.generateContent(sent)).text, texts(await collect(stream))];
      },
    },
    {
      name: 'a stream is a generator: return and throw',
      spans: 2,
      run: async ({ client }) => {
        const start = () => client().models.generateContentStream({ model, contents: 'Hello' });
        const [left, failed] = [await start(), await start()];
        await left.next();
        await failed.next();
        const thrown = await failed.throw(new RangeError('enough')).catch((error) => error);
        return [await left.return(7), await left.next(), thrown, await failed.next()];
      },
    },
    {
      name: 'a tool the SDK calls by itself',
      spans: 2,
      run: async ({ client }) => {
        const params = { model, contents: 'Hello', config: { tools: [callable()] } };
        return (await client().models.generateContent(params)).text;
      },
    },
    {
      name: 'a tool the SDK calls by itself, streamed',
      spans: 2,
      run: async ({ client }) => {
        const params = { model, contents: 'Hello', config: { tools: [callable()] } };
        return texts(await collect(await client().models.generateContentStream(params)));
      },
    },
    {
      name: 'a chat',
      spans: 2,
      run: async ({ client }) => {
        const chat = client().chats.create({ model });
        const first = await chat.sendMessage({ message: 'Hello' });
        const second = await collect(await chat.sendMessageStream({ message: 'And now?' }));
        return [first.text, texts(second), chat.getHistory()];
      },
    },
    {
      name: 'countTokens: left alone',
      spans: 0,
      run: ({ client }) => client().models.countTokens({ model, contents: 'Hello' }),
    },
    { name: 'models.get: left alone', spans: 0, run: ({ client }) => client().models.get({ model }) },
  ],
});
