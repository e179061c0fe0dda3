'use strict';
/** `ai`, the Vercel AI SDK, with its providers for OpenAI and Anthropic. */
const { startModelServer } = require('../../../dist/src/cli/demo/model-server.js');
const { collect, kind } = require('./seen.cjs');
const { directive } = require('./openai-samples.cjs');
const { manyAtOnce } = require('./many-at-once.cjs');

const prompt = 'Hello there';
const texts = async ({ textStream }) => (await collect(textStream)).join('');

/** A call of `generateText`; `more` may be made of the kit. */
const generate = (name, more, { read = ({ text }) => text, ...rest } = {}) => ({
  name,
  ...rest,
  run: async (kit) => {
    const options = typeof more === 'function' ? more(kit) : more;
    return read(
      await kit.module.generateText({ model: kit.chat('gpt-4o'), prompt, maxRetries: 0, ...options }),
    );
  },
});

const stream = (name, more, { read = texts, ...rest } = {}) => ({
  name,
  ...rest,
  run: async (kit) => {
    const options = typeof more === 'function' ? more(kit) : more;
    return read(
      kit.module.streamText({ model: kit.chat('gpt-4o'), prompt, maxRetries: 0, onError: noop, ...options }),
    );
  },
});

const noop = () => undefined;

exports.sdk = {
  package: 'ai',
  // Arc follows what it reports, and replaces nothing of it.
  isPatched: false,
  start: async () => [await startModelServer()],
  kit: async ({ module, load, server }) => {
    globalThis.AI_SDK_LOG_WARNINGS = false;
    const [{ createOpenAI }, { createAnthropic }, { z }] = await Promise.all(
      ['@ai-sdk/openai', '@ai-sdk/anthropic', 'zod'].map(load),
    );
    const openai = createOpenAI({ baseURL: server.openaiBaseUrl, apiKey: 'none' });
    const city = z.object({ city: z.string() });
    const tool = (execute) =>
      module.tool({ description: 'The weather of a city.', inputSchema: city, execute });
    return {
      chat: (name) => openai.chat(name),
      responses: openai,
      embedding: (name) => openai.embedding(name),
      claude: createAnthropic({ baseURL: `${server.anthropicBaseUrl}/v1`, apiKey: 'none' }),
      city,
      tool,
    };
  },
  patterns: [{ pattern: { model: 'gpt-4o-repair', temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } }],
  cases: [
    generate('generateText', {}),
    generate('generateText by responses', ({ responses }) => ({ model: responses('gpt-4o') })),
    generate('generateText by Anthropic', ({ claude }) => ({
      model: claude('claude-sonnet-4-6'),
      maxOutputTokens: 64,
    })),
    generate(
      'generateText, all of the result',
      {},
      {
        read: ({ text, usage, finishReason, response }) => ({
          text,
          usage,
          finishReason,
          headers: Object.keys(response.headers).sort(),
          body: response.body,
        }),
      },
    ),
    generate('generateText repaired', ({ chat }) => ({ model: chat('gpt-4o-repair'), temperature: 0.95 }), {
      repaired: { temperature: 0.7 },
    }),
    generate(
      'generateText with an output schema',
      ({ module, city }) => ({
        output: module.Output.object({ schema: city }),
      }),
      { read: ({ output }) => output },
    ),
    {
      name: 'generateObject',
      run: async ({ module, chat, city }) =>
        (await module.generateObject({ model: chat('gpt-4o'), prompt, schema: city })).object,
    },
    {
      name: 'streamObject',
      run: async ({ module, chat, city }) =>
        collect(module.streamObject({ model: chat('gpt-4o'), prompt, schema: city }).partialObjectStream),
    },
    generate(
      'a loop of tools',
      ({ module, tool }) => ({
        tools: { weather: tool(({ city }) => `sunny in ${city}`) },
        stopWhen: module.stepCountIs(3),
      }),
      { spans: 2 },
    ),
    generate(
      'a tool that throws',
      ({ module, tool }) => ({
        tools: {
          broken: tool(() => {
            throw new RangeError('no weather today');
          }),
        },
        stopWhen: module.stepCountIs(3),
      }),
      { spans: 2 },
    ),
    generate('refused', { temperature: 9 }, { tokens: false }),
    {
      name: 'refused: instance of the errors',
      tokens: false,
      run: async ({ module, chat }) =>
        module
          .generateText({ model: chat('gpt-4o'), prompt, temperature: 9, maxRetries: 0 })
          .catch((error) => [kind(error, module), module.APICallError.isInstance(error), error.statusCode]),
    },
    // The framework asks again by itself: each time is a request of its own.
    generate('tried again', () => ({ maxRetries: 2, headers: directive('status=429 times=1') }), {
      spans: 2,
      tokens: null,
    }),
    generate('aborted before', { abortSignal: AbortSignal.abort() }, { tokens: false }),
    {
      name: 'aborted while',
      tokens: false,
      run: async ({ module, chat, server }) => {
        const controller = new AbortController();
        const before = server.requests.length;
        const promise = module.generateText({
          model: chat('gpt-4o'),
          prompt,
          maxRetries: 0,
          abortSignal: controller.signal,
          headers: directive('delay=5000'),
        });
        while (server.requests.length === before) await new Promise(setImmediate);
        controller.abort();
        return promise;
      },
    },
    stream('streamText', {}),
    stream('streamText by responses', ({ responses }) => ({ model: responses('gpt-4o') })),
    stream('streamText by Anthropic', ({ claude }) => ({
      model: claude('claude-sonnet-4-6'),
      maxOutputTokens: 64,
    })),
    stream(
      'streamText, every part',
      {},
      {
        read: async ({ fullStream }) => (await collect(fullStream)).map(({ type }) => type),
      },
    ),
    stream('streamText as a response', {}, { read: (result) => result.toTextStreamResponse().text() }),
    stream(
      'streamText by consumeStream()',
      {},
      {
        read: async (result) => (await result.consumeStream(), [await result.text, await result.usage]),
      },
    ),
    stream(
      'streamText with tools',
      ({ module, tool }) => ({
        tools: { weather: tool(({ city }) => `sunny in ${city}`) },
        stopWhen: module.stepCountIs(3),
      }),
      { spans: 2 },
    ),
    stream(
      'streamText refused',
      { temperature: 9 },
      {
        tokens: false,
        read: async ({ fullStream }) => (await collect(fullStream)).map(({ type, error }) => [type, error]),
      },
    ),
    stream(
      'streamText aborted',
      () => {
        const controller = new AbortController();
        return {
          abortSignal: controller.signal,
          headers: directive('stream=endless'),
          onChunk: () => controller.abort(),
        };
      },
      {
        tokens: false,
        read: async ({ fullStream }) => (await collect(fullStream)).at(-1).type,
      },
    ),
    {
      name: 'an agent',
      run: async ({ module, chat }) =>
        (await new module.ToolLoopAgent({ model: chat('gpt-4o') }).generate({ prompt })).text,
    },
    {
      name: 'embed',
      run: async ({ module, embedding }) =>
        (await module.embed({ model: embedding('text-embedding-3-small'), value: 'one' })).embedding.length,
    },
    manyAtOnce({
      count: ({ atOnce }) => Math.min(atOnce, 200),
      prepare: (kit) => kit,
      call: ({ module, chat }, model, text) => module.generateText({ model: chat(model), prompt: text }),
      read: ({ usage, text }) => ({ input: usage.inputTokens, output: usage.outputTokens, text }),
    }),
  ],
};
