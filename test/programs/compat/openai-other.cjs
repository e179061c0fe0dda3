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
    name: 'responses in the background, asked for until it is there',
    has: (kit) => responses(kit) && has('responses', 'retrieve')(kit),
    tokens: false,
    run: async ({ client, media }) => {
      const { status } = await client().responses.create({ ...ask, background: true });
      const done = await client({ baseURL: media }).responses.retrieve('resp_1');
      return [status, done.status, done.output_text];
    },
  },
  {
    name: 'responses in the background, streamed',
    has: responses,
    run: async ({ client }) =>
      collect(await client().responses.create({ ...ask, background: true, stream: true })),
  },
  {
    name: 'responses that go on, repaired: previous_response_id stays',
    has: responses,
    repaired: { temperature: 0.7 },
    run: async ({ client }) => {
      const answer = await client().responses.create({
        ...ask,
        model: 'gpt-4o-repair',
        temperature: 0.95,
        previous_response_id: 'resp_before',
      });
      return [answer.previous_response_id, answer.output_text];
    },
  },
  {
    name: 'responses retried',
    has: responses,
    run: async ({ client }) =>
      (await client().responses.create(ask, { maxRetries: 2, headers: directive('status=500 times=1') }))
        .output_text,
  },
  {
    name: 'responses aborted before',
    has: responses,
    tokens: false,
    run: ({ client }) => client().responses.create(ask, { signal: AbortSignal.abort() }),
  },
  {
    name: 'responses stream that fails in the middle',
    has: responses,
    tokens: false,
    run: async ({ client }) =>
      collect(await client().responses.create({ ...ask, stream: true }, { headers: directive('fail=3') })),
  },
  {
    name: 'responses stream tee',
    has: responses,
    run: async ({ client }) =>
      Promise.all((await client().responses.create({ ...ask, stream: true })).tee().map(collect)),
  },
  {
    name: 'responses stream never read',
    has: responses,
    tokens: false,
    run: async ({ client }) => {
      await client().responses.create({ ...ask, stream: true });
    },
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
