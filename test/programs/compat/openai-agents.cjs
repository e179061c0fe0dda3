'use strict';
/** `@openai/agents` with the `openai` package beside it. */
const { startModelServer } = require('../../../dist/src/cli/demo/model-server.js');
const { collect } = require('./seen.cjs');
const { manyAtOnce } = require('./many-at-once.cjs');

const refused = 'Hi [model-server status=400 times=100]';

exports.sdk = {
  package: '@openai/agents',
  start: async () => [await startModelServer()],
  kit: makeKit,
  patterns: [{ pattern: { model: 'gpt-4o-repair', temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } }],
  cases: ['responses', 'chat completions'].flatMap(casesOf),
};

function casesOf(api) {
  const ask = (kit, input = 'Hello there', more = {}, options = {}) =>
    kit.run(api, input, more, options).then(({ finalOutput }) => finalOutput);
  return [
    { name: `${api}: a run`, run: (kit) => ask(kit) },
    {
      name: `${api}: repaired`,
      repaired: { temperature: 0.7 },
      run: async (kit) =>
        typeof (await ask(kit, 'Hello', { model: 'gpt-4o-repair', modelSettings: { temperature: 0.95 } })),
    },
    {
      name: `${api}: a run with a tool`,
      spans: 2,
      run: (kit) => ask(kit, 'Hello', { tools: [kit.weather] }),
    },
    {
      name: `${api}: a tool that throws`,
      spans: 2,
      run: (kit) => ask(kit, 'Hello', { tools: [kit.broken] }),
    },
    { name: `${api}: an output schema`, run: (kit) => ask(kit, 'Hello', { outputType: kit.city }) },
    { name: `${api}: refused`, tokens: false, run: (kit) => ask(kit, refused) },
    {
      name: `${api}: a streamed run`,
      run: async (kit) => {
        const result = await kit.run(api, 'Hello there', {}, { stream: true });
        const events = (await collect(result)).map(({ type }) => type);
        await result.completed;
        return [events, result.finalOutput];
      },
    },
    {
      name: `${api}: a streamed run with a tool`,
      spans: 2,
      run: async (kit) => {
        const result = await kit.run(api, 'Hello there', { tools: [kit.weather] }, { stream: true });
        const text = (await collect(result.toTextStream({ compatibleWithNodeStreams: false }))).join('');
        await result.completed;
        return text;
      },
    },
    {
      name: `${api}: aborted before`,
      tokens: false,
      run: (kit) => ask(kit, 'Hello', {}, { signal: AbortSignal.abort() }),
    },
    {
      ...manyAtOnce({
        count: ({ atOnce }) => Math.min(atOnce, 100),
        prepare: (kit) => kit,
        call: (kit, model, text) => kit.run(api, text, { model }, {}),
        read: ({ rawResponses: [{ usage }], finalOutput }) => ({
          input: usage.inputTokens,
          output: usage.outputTokens,
          text: finalOutput,
        }),
      }),
      name: `${api}: many at once, each in its own context`,
    },
  ];
}

async function makeKit({ module, load, server }) {
  const [{ OpenAI }, { z }] = await Promise.all(['openai', 'zod'].map(load));
  const { Agent, Runner, OpenAIProvider, tool } = module;
  module.setTracingDisabled(true);
  const openAIClient = new OpenAI({ apiKey: 'none', baseURL: server.openaiBaseUrl, maxRetries: 0 });
  const city = z.object({ city: z.string() });
  const named = (name, execute) =>
    tool({ name, description: 'The weather of a city.', parameters: city, execute });
  return {
    city,
    weather: named('weather', ({ city: place }) => `sunny in ${place}`),
    broken: named('broken', () => {
      throw new RangeError('no weather today');
    }),
    run: (api, input, more, options) => {
      const modelProvider = new OpenAIProvider({ openAIClient, useResponses: api === 'responses' });
      const agent = new Agent({ name: 'forecaster', instructions: 'Be brief.', model: 'gpt-4o', ...more });
      return new Runner({ modelProvider, tracingDisabled: true }).run(agent, input, options);
    },
  };
}
