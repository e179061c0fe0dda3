import { bothWays, outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import {
  CLAUDE,
  claudeBody,
  converse,
  converseStream,
  invoke,
  invokeStream,
  nova,
  onBedrock,
  sdk,
} from './bedrock-bench.js';

const { rig, server, made, client } = onBedrock();

interface Way {
  readonly run: () => Promise<unknown>;
  /** One unless given. */
  readonly spans?: number;
}
const throttled = async (): Promise<unknown> => {
  const error = await client({ maxAttempts: 2 })
    .send(converse('busy'))
    .catch((reason: unknown) => reason as { name: string; $metadata: { attempts: number } });
  return 'name' in error && [error.name, error.$metadata.attempts, error.constructor.name];
};
const ways: Readonly<Record<string, Way>> = {
  Converse: { run: () => client().send(converse()) },
  ConverseStream: { run: async () => partsOf((await client().send(converseStream())).stream) },
  'converse() of the client with a method for each operation': {
    run: () => made(sdk().BedrockRuntime).converse(nova()),
  },
  InvokeModel: {
    run: async () => {
      const { body, ...rest } = await client().send(invoke());
      return [body.constructor.name, body.transformToString(), rest];
    },
  },
  'InvokeModel of Titan': {
    run: async () =>
      (
        await client().send(invoke({ inputText: 'Hi' }, 'amazon.titan-text-express-v1'))
      ).body.transformToString(),
  },
  InvokeModelWithResponseStream: { run: async () => partsOf((await client().send(invokeStream())).body) },
  'body that is not JSON': {
    run: () =>
      client()
        .send(new (sdk().InvokeModelCommand)({ modelId: 'meta.x', body: '' }))
        .then(() => 'sent'),
  },
  'unknown model': { run: () => outcomeOf(client().send(converse('missing'))) },
  'unknown model, streamed': { run: () => outcomeOf(client().send(converseStream('missing'))) },
  'throttled, tried twice': { run: throttled },
  'error in mid-stream': {
    run: async () => outcomeOf(partsOf((await client().send(converseStream('broken'))).stream)),
  },
  'aborted before': {
    run: () => outcomeOf(client().send(converse(), { abortSignal: AbortSignal.abort() })),
  },
  'server unreachable': {
    run: async () => {
      const refused = await outcomeOf(client({ endpoint: 'http://127.0.0.1:1' }).send(converse()));
      return Object.keys(refused as object);
    },
  },
  'a command without a model': { run: () => outcomeOf(client().send(new (sdk().ConverseCommand)({}))) },
  'null instead of a command': {
    run: async () => outcomeOf((async () => client().send(null as never))()),
    spans: 0,
  },
  'another operation': {
    run: () =>
      client().send(
        new (sdk().ApplyGuardrailCommand)({
          guardrailIdentifier: 'g',
          guardrailVersion: '1',
          source: 'INPUT',
          content: [{ text: { text: 'Hi' } }],
        }),
      ),
    spans: 0,
  },
  'a paginator': {
    run: () => partsOf(sdk().paginateListAsyncInvokes({ client: client() }, {})),
    spans: 0,
  },
  'a model that makes pictures': {
    run: () =>
      client()
        .send(invoke({ taskType: 'TEXT_IMAGE' }, 'amazon.nova-canvas-v1:0'))
        .then(() => 'sent'),
    spans: 0,
  },
};
for (const [name, { run, spans: expected = 1 }] of Object.entries(ways)) {
  sdkTest(`bedrock transparency: ${name} is the same with and without Arc`, async (t) => {
    const before = server().requests.length;
    const { bare, under, spans } = await bothWays(rig(), run, expected);
    t.deepEqual(under, bare);
    t.is(spans.length, expected);
    const sent = server()
      .requests.slice(before)
      .map(({ path, rawBody }) => [path, rawBody]);
    t.deepEqual(sent.slice(sent.length / 2), sent.slice(0, sent.length / 2));
  });
}

sdkTest('bedrock span: Converse has its parameters, and cached tokens count as input', async (t) => {
  const one = client();
  await one.send(converse());
  await one.send(converse());
  const span = rig().spans()[1];
  t.is(span?.name, 'chat amazon.nova-lite-v1:0');
  t.like(span?.attributes, {
    'gen_ai.provider.name': 'aws.bedrock',
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.request.max_tokens': 64,
    'gen_ai.request.stop_sequences': ['END'],
    'gen_ai.response.finish_reasons': ['end_turn'],
    'gen_ai.usage.input_tokens': 15,
    'gen_ai.usage.cache_read.input_tokens': 10,
    'gen_ai.usage.output_tokens': 3,
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(server().url).port),
    'arc.api': 'aws.bedrock.converse',
  });
});

sdkTest('bedrock span: without an endpoint of its own, the address is the one of the region', async (t) => {
  const requestHandler = { handle: () => Promise.reject(new Error('not sent')) };
  const one = client({ endpoint: undefined, region: 'eu-west-1', requestHandler });
  await t.throwsAsync(async () => one.send(converse()));
  await t.throwsAsync(async () => one.send(converse()));
  t.like(rig().spans()[1]?.attributes, {
    'server.address': 'bedrock-runtime.eu-west-1.amazonaws.com',
    'server.port': 443,
  });
});

const families: Readonly<Record<string, readonly [modelId: string, body: object, expected: object]>> = {
  Claude: [CLAUDE, claudeBody, { 'arc.api': 'anthropic.messages', 'gen_ai.response.id': 'msg_bdrk_1' }],
  Titan: [
    'amazon.titan-text-express-v1',
    { inputText: 'Hi' },
    { 'gen_ai.response.finish_reasons': ['FINISH'] },
  ],
  Llama: [
    'meta.llama3-8b-instruct-v1:0',
    { prompt: 'Hi', max_gen_len: 9 },
    { 'gen_ai.request.max_tokens': 9 },
  ],
  Nova: [
    'amazon.nova-lite-v1:0',
    nova(),
    { 'gen_ai.usage.input_tokens': 15, 'gen_ai.request.temperature': 0.2 },
  ],
};
for (const [family, [modelId, body, expected]] of Object.entries(families)) {
  sdkTest(`bedrock span: InvokeModel reads the answer of ${family}`, async (t) => {
    await client().send(invoke(body, modelId));
    const [span] = rig().spans();
    t.is(span?.name, `chat ${modelId}`);
    t.like(span?.attributes, {
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 3,
      ...expected,
    });
  });
}

sdkTest('bedrock span: embeddings are their own operation', async (t) => {
  await client().send(invoke({ inputText: 'Hi', dimensions: 256 }, 'amazon.titan-embed-text-v2:0'));
  t.like(rig().spans()[0]?.attributes, {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.embeddings.dimension.count': 256,
    'gen_ai.usage.input_tokens': 4,
  });
});

sdkTest('bedrock span: streams have tokens, Claude and others', async (t) => {
  const one = client();
  await partsOf((await one.send(converseStream())).stream);
  await partsOf((await one.send(invokeStream())).body);
  await partsOf((await one.send(invokeStream({ prompt: 'Hi' }, 'meta.llama3-8b-instruct-v1:0'))).body);
  const spans = rig().spans();
  t.deepEqual(
    spans.map(({ attributes }) => attributes['gen_ai.usage.input_tokens']),
    [15, 12, 12],
  );
  t.deepEqual(
    spans.map(({ attributes }) => attributes['gen_ai.usage.output_tokens']),
    [3, 3, 3],
  );
  t.true(spans.every(({ attributes }) => attributes['gen_ai.request.stream'] === true));
});

sdkTest('bedrock failure: class and status are on the span', async (t) => {
  await t.throwsAsync(async () => client().send(converse('missing')), {
    message: 'The provided model identifier is invalid.',
  });
  t.like(rig().spans()[0]?.attributes, {
    'error.type': 'ValidationException',
    'http.response.status_code': 400,
  });
});
