'use strict';
/** The APIs beside chat completions: those Arc traces, and those it leaves alone. */
const { collect, kind } = require('./seen.cjs');
const { directive } = require('./openai-samples.cjs');

const ask = { model: 'gpt-4o', input: 'Hello there' };
const has =
  (...path) =>
  ({ client }) =>
    path.reduce((at, key) => at?.[key], client());
const responses = has('responses', 'create');
const look = {
  type: 'function',
  name: 'look_up',
  strict: true,
  parameters: {
    type: 'object',
    properties: { word: { type: 'string' } },
    required: ['word'],
    additionalProperties: false,
  },
};

exports.cases = [
  { name: 'responses', has: responses, run: ({ client }) => client().responses.create(ask) },
  {
    name: 'responses with a tool call',
    has: responses,
    run: ({ client }) => client().responses.create({ ...ask, tools: [look] }),
  },
  {
    name: 'responses with previous_response_id and instructions',
    has: responses,
    run: ({ client }) =>
      client().responses.create({ ...ask, previous_response_id: 'resp_before', instructions: 'Be brief.' }),
  },
  {
    name: 'responses in the background',
    has: responses,
    tokens: false,
    run: ({ client }) => client().responses.create({ ...ask, background: true }),
  },
  {
    name: 'responses withResponse',
    has: responses,
    run: async ({ client }) => (await client().responses.create(ask).withResponse()).data.output_text,
  },
  {
    name: 'responses asResponse',
    has: responses,
    tokens: false,
    run: async ({ client }) => (await (await client().responses.create(ask).asResponse()).json()).object,
  },
  {
    name: 'responses instance',
    has: responses,
    run: async (kit) => {
      const promise = kit.client().responses.create(ask);
      await promise;
      return kind(promise, kit.module);
    },
  },
  {
    name: 'responses stream',
    has: responses,
    run: async ({ client }) => collect(await client().responses.create({ ...ask, stream: true })),
  },
  {
    name: 'responses stream left early',
    has: responses,
    tokens: false,
    run: async ({ client }) => {
      const it = await client().responses.create(
        { ...ask, stream: true },
        { headers: directive('stream=endless') },
      );
      for await (const { type } of it) if (type === 'response.output_text.delta') break;
      return it.controller.signal.aborted;
    },
  },
  {
    name: 'responses refused',
    has: responses,
    tokens: false,
    run: ({ client }) => client().responses.create({ ...ask, max_output_tokens: 1 }),
  },
  {
    name: 'responses parse',
    has: has('responses', 'parse'),
    run: ({ client }) => client().responses.parse(ask),
  },
  { name: 'responses parse with a zod format', has: zodText, run: parseText },
  {
    name: 'responses stream() helper',
    has: has('responses', 'stream'),
    run: async ({ client }) => {
      const seen = [];
      const runner = client().responses.stream(ask);
      runner
        .on('response.output_text.delta', ({ delta }) => seen.push(delta))
        .on('end', () => seen.push('end'));
      return { final: await runner.finalResponse(), seen };
    },
  },
  {
    name: 'beta responses',
    has: has('beta', 'responses', 'create'),
    run: ({ client }) => client().beta.responses.create(ask),
  },
  {
    name: 'legacy completions',
    run: ({ client }) =>
      client().completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'Say hello' }),
  },
  {
    name: 'legacy completions stream',
    run: async ({ client }) =>
      collect(
        await client().completions.create({
          model: 'gpt-3.5-turbo-instruct',
          prompt: 'Say hello',
          stream: true,
          stream_options: { include_usage: true },
        }),
      ),
  },
];

async function zodText({ load, client }) {
  const [zod, helper] = await Promise.all([load('zod'), load('openai/helpers/zod')]);
  return (
    client().responses?.parse && zod && helper?.zodTextFormat && { z: zod.z, format: helper.zodTextFormat }
  );
}

async function parseText(kit) {
  const { z, format } = await zodText(kit);
  const text = { format: format(z.object({ answer: z.string(), count: z.number() }), 'reply') };
  return (await kit.client().responses.parse({ ...ask, text })).output_parsed;
}
