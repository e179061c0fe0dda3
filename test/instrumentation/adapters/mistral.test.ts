import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';
import { mistralCase } from './mistral-case.js';
import { mistralParams } from './mistral-client.js';
import { testOwnProtocol } from './own-protocol-suite.js';

const { rig, server, client } = testOwnProtocol(mistralCase);
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

sdkTest('@mistralai/mistralai span: every parameter of the request that has an attribute', async (t) => {
  await client().chat.complete({
    ...mistralParams(),
    topP: 0.5,
    n: 2,
    maxTokens: 64,
    stop: ['END'],
    randomSeed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    reasoningEffort: 'high',
    responseFormat: { type: 'json_object' },
  });
  const [span] = rig().spans();
  t.is(span?.name, 'chat mistral-small-latest');
  t.like(span?.attributes, {
    'gen_ai.request.top_p': 0.5,
    'gen_ai.request.choice.count': 2,
    'gen_ai.request.max_tokens': 64,
    'gen_ai.request.seed': 7,
    'gen_ai.request.presence_penalty': 0.1,
    'gen_ai.request.frequency_penalty': 0.2,
    'gen_ai.request.reasoning.level': 'high',
    'gen_ai.output.type': 'json',
    'gen_ai.response.model': 'mistral-small-latest',
    'gen_ai.response.id': 'cmpl-1',
  });
  t.deepEqual(span?.attributes['gen_ai.request.stop_sequences'], ['END']);
});

sdkTest(
  '@mistralai/mistralai span: embeddings and fill-in-the-middle are their own operations',
  async (t) => {
    const mistral = client();
    await mistral.embeddings.create({ model: 'mistral-embed', inputs: ['Hello'], outputDimension: 2 });
    await mistral.fim.complete({ model: 'codestral-latest', prompt: 'let a', suffix: ';' });
    const [embeddings, fim] = rig().spans();
    t.is(embeddings?.name, 'embeddings mistral-embed');
    t.like(embeddings?.attributes, {
      'arc.api': 'mistral.embeddings',
      'gen_ai.embeddings.dimension.count': 2,
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': undefined,
    });
    t.is(fim?.name, 'text_completion codestral-latest');
    t.like(fim?.attributes, { 'arc.api': 'mistral.fim', 'gen_ai.usage.output_tokens': 5 });
  },
);

sdkTest('@mistralai/mistralai span: a chat with an agent, which knows the model', async (t) => {
  await client().agents.complete({ agentId: 'ag_1', messages: mistralParams().messages });
  const [span] = rig().spans();
  t.is(span?.name, 'chat');
  t.like(span?.attributes, { 'arc.api': 'mistral.agents', 'gen_ai.usage.output_tokens': 5 });
});

sdkTest('@mistralai/mistralai span: each chunk of a split stream counts once', async (t) => {
  rig().arc.setConfig({ builtinPack: false, captureContent: true });
  const [left, right] = (await client().chat.stream(mistralParams())).tee();
  const [first] = left.tee();
  await Promise.all([first, right].map(partsOf));
  rig().arc.setConfig({ builtinPack: false });
  const [span, ...others] = rig().spans();
  t.is(others.length, 0);
  t.is(
    span?.attributes['gen_ai.output.messages'],
    JSON.stringify([
      {
        role: 'assistant',
        parts: [{ type: 'text', content: 'Hello from Mistral' }],
        finish_reason: 'stop',
      },
    ]),
  );
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['stop']);
});

sdkTest('@mistralai/mistralai repair: parse is repaired as well', async (t) => {
  const { z } = fromSdks('zod') as { z: { object(shape: object): unknown; string(): unknown } };
  const responseFormat = z.object({ city: z.string() });
  const answer = await client().chat.parse({ ...mistralParams({ temperature: 1 }), responseFormat });
  t.deepEqual(answer.choices[0]?.message.parsed, { city: 'Bern' });
  t.is(server().requests.at(-1)?.body['temperature'], 0.5);
  const [span] = rig().spans();
  t.like(span?.attributes, { 'arc.decision': 'fix', 'gen_ai.output.type': 'json' });
});

sdkTest(
  '@mistralai/mistralai repair: an unanswered tool call is answered in the form the SDK takes',
  async (t) => {
    rig().arc.registerPattern({
      pattern: { api: 'mistral.chat', 'facts.open_tool_calls': { '>': 0 } },
      fix: [{ messages: 'answer_open_tool_calls' }],
      id: 'test.open-calls',
    });
    const call = { id: 'call_0', type: 'function', function: { name: 'weather', arguments: '{}' } };
    const { messages } = mistralParams();
    await client().chat.complete({
      ...mistralParams(),
      messages: [...messages, { role: 'assistant', toolCalls: [call] }, ...messages],
    });
    const sent = server().requests.at(-1)?.body['messages'] as readonly Record<string, unknown>[];
    t.deepEqual(
      sent.map(({ role }) => role),
      ['user', 'assistant', 'tool', 'user'],
    );
    t.is(sent[2]?.['tool_call_id'], 'call_0');
  },
);

sdkTest('@mistralai/mistralai span: one, also where the application traces and the SDK could', async (t) => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
  try {
    await provider.getTracer('application').startActiveSpan('request', async (span) => {
      await client().chat.complete(mistralParams());
      await partsOf(await client().chat.stream(mistralParams()));
      span.end();
    });
  } finally {
    trace.disable();
  }
  t.deepEqual(
    exporter.getFinishedSpans().map(({ name }) => name),
    ['request'],
  );
  t.is(rig().spans().length, 2);
  t.is(trace.getSpan(context.active()), undefined);
});

sdkTest('@mistralai/mistralai content: messages and tool calls take the conventions’ form', async (t) => {
  rig().arc.setConfig({ builtinPack: false, captureContent: true });
  const call = { id: 'call_0', type: 'function', function: { name: 'weather', arguments: '{}' } };
  await client().chat.complete({
    model: 'mistral-small-latest',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', imageUrl: 'data:image/png;base64,c2VjcmV0' },
        ],
      },
      { role: 'assistant', toolCalls: [call] },
      { role: 'tool', toolCallId: 'call_0', name: 'weather', content: 'sunny' },
    ],
    tools: [weather],
  });
  rig().arc.setConfig({ builtinPack: false });
  const [span] = rig().spans();
  const parse = (name: string) => JSON.parse(String(span?.attributes[name])) as unknown;
  t.deepEqual(parse('gen_ai.input.messages'), [
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'Look' },
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: '[omitted]' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_0', name: 'weather', arguments: {} }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_0', response: 'sunny' }] },
  ]);
  t.deepEqual(parse('gen_ai.output.messages'), [
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Bern' } }],
      finish_reason: 'stop',
    },
  ]);
  t.deepEqual(parse('gen_ai.tool.definitions'), [{ type: 'function', ...weather.function }]);
});
