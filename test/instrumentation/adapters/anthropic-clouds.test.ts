import test, { type ExecutionContext } from 'ava';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { startBedrock, type BedrockServer } from '../../helpers/providers/bedrock.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { bothWays, endedSpans, outcomeOf, partsOf, sameEachTime, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks, importSdk } from '../../helpers/sdks.js';
import { waitUntil } from '../../helpers/wait-until.js';

/** The part of Anthropic's clients the tests call. */
interface Messages {
  create(params: object, options?: object): ApiPromise;
  stream(params: object): { finalText(): Promise<string> };
}
interface ApiPromise extends Promise<unknown> {
  withResponse(): Promise<{ readonly data: unknown; readonly response: Response }>;
}
interface Client {
  readonly messages: Messages;
  readonly beta: { readonly messages: Messages };
}
type Exports = Readonly<Record<string, new (options: object) => Client>>;

/** A platform, how to reach its stand-in, and what the stand-in saw. */
interface Cloud {
  readonly module: string;
  readonly className: string;
  readonly provider: string;
  readonly options: () => object;
  readonly lastRequest: () => { readonly path: string; readonly body: Readonly<Record<string, unknown>> };
  /** A model whose stream never ends, and one that is refused. */
  readonly endless: object;
  readonly refused: object;
}

let rig: Rig;
let bedrock: BedrockServer;
const vertexPaths: string[] = [];

const params = {
  model: 'claude-sonnet-4-6',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Name a river.' }],
};
const streamed = { ...params, stream: true };
const VARYING = ['id', '_request_id'];

/** Vertex takes the model and the kind of answer in the path; the rest is Anthropic's own protocol. */
const vertexToModelServer: typeof fetch = (url, init) => {
  const path = decodeURIComponent(new URL(String(url)).pathname);
  const [, model, verb] = /models\/(.*):(.*)$/.exec(path) ?? [];
  const { anthropic_version: _version, ...body } = JSON.parse(String(init?.body)) as Record<string, unknown>;
  const stream = verb === 'streamRawPredict';
  vertexPaths.push(path);
  return fetch(`${rig.models.url}/v1/messages`, {
    ...init,
    headers: { 'content-type': 'application/json', 'x-api-key': 'none', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ model, ...body, ...(stream && { stream }) }),
  });
};

const clouds: readonly Cloud[] = [
  {
    module: '@anthropic-ai/bedrock-sdk',
    className: 'AnthropicBedrock',
    provider: 'aws.bedrock',
    options: () => ({
      baseURL: bedrock.url,
      awsRegion: 'us-east-1',
      awsAccessKey: 'none',
      awsSecretKey: 'none',
    }),
    lastRequest: () => bedrock.requests.at(-1) ?? { path: '', body: {} },
    endless: { model: 'endless' },
    refused: { model: 'missing' },
  },
  {
    module: '@anthropic-ai/vertex-sdk',
    className: 'AnthropicVertex',
    provider: 'gcp.vertex_ai',
    options: () => ({
      baseURL: 'http://vertex.test/v1',
      region: 'us-east5',
      projectId: 'p',
      authClient: {
        projectId: 'p',
        getRequestHeaders: async () => new Headers({ authorization: 'Bearer none' }),
      },
      fetch: vertexToModelServer,
    }),
    lastRequest: () => ({
      path: vertexPaths.at(-1) ?? '',
      body: rig.models.requests.at(-1)?.body as Readonly<Record<string, unknown>>,
    }),
    endless: { messages: [{ role: 'user', content: '[model-server stream=endless]' }] },
    refused: { max_tokens: -1 },
  },
];

test.before(async () => {
  hookEsModules();
  bedrock = await startBedrock({ http2: false });
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    pattern: { api: 'anthropic.messages', temperature: { '>': 1 } },
    fix: [{ clamp: { field: 'temperature', max: 1 } }],
    id: 'test.hot',
  });
});
test.beforeEach(() => rig.spans());
test.after.always(async () => {
  await rig.close();
  await bedrock.close();
});

for (const { module, className, provider, options, lastRequest, endless, refused } of clouds) {
  const clientOf = (exports: unknown, more: object = {}): Client => {
    const Class = (exports as Exports)[className];
    if (!Class) throw new Error(`${module} has no ${className}`);
    return new Class({ maxRetries: 0, ...options(), ...more });
  };
  const client = (): Client => clientOf(fromSdks(module));

  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    create: async () => client().messages.create(params),
    withResponse: async () => {
      const { data, response } = await client().messages.create(params).withResponse();
      return [data, response.status];
    },
    'beta create': async () => client().beta.messages.create({ ...params, betas: ['context-1m-2025-08-07'] }),
    stream: async () => partsOf((await client().messages.create(streamed)) as AsyncIterable<unknown>),
    'stream helper': () => client().messages.stream(params).finalText(),
    'refused request': () => outcomeOf(client().messages.create({ ...params, ...refused })),
    'aborted before': () => outcomeOf(client().messages.create(params, { signal: AbortSignal.abort() })),
  };
  for (const [name, run] of Object.entries(ways)) {
    sdkTest(`${module} transparency: ${name} is the same with and without Arc`, async (t) => {
      const { bare, under, spans } = await bothWays(rig, run);
      t.deepEqual(sameEachTime(under, VARYING), sameEachTime(bare, VARYING));
      t.is(spans.length, 1);
    });
  }

  sdkTest(`${module} span: provider, tokens and address`, async (t) => {
    await client().messages.create(params);
    await partsOf((await client().messages.create(streamed)) as AsyncIterable<unknown>);
    const spans = rig.spans();
    t.is(spans.length, 2);
    for (const { name, attributes } of spans) {
      t.is(name, 'chat claude-sonnet-4-6');
      t.is(attributes['gen_ai.provider.name'], provider);
      t.is(attributes['server.address'], new URL((options() as { baseURL: string }).baseURL).hostname);
      t.is(typeof attributes['gen_ai.usage.input_tokens'], 'number');
      t.is(typeof attributes['gen_ai.usage.output_tokens'], 'number');
    }
  });

  sdkTest(`${module} failure: status and class are on the span`, async (t) => {
    await t.throwsAsync(async () => client().messages.create({ ...params, ...refused }));
    t.like(rig.spans()[0]?.attributes, {
      'error.type': 'BadRequestError',
      'http.response.status_code': 400,
    });
  });

  const repairs = async (t: ExecutionContext, messages: Messages): Promise<void> => {
    const hot = Object.freeze({ ...params, temperature: 1.5 });
    await messages.create(hot);
    t.is(lastRequest().body['temperature'], 1);
    t.regex(lastRequest().path, /claude-sonnet-4-6[/:]/);
    t.is(hot.temperature, 1.5);
    t.like(rig.spans()[0]?.attributes, { 'arc.decision': 'fix', 'gen_ai.provider.name': provider });
  };
  sdkTest(`${module} repair: the CommonJS copy sends the repaired body, beta too`, async (t) => {
    await repairs(t, client().messages);
    await repairs(t, client().beta.messages);
  });
  sdkTest(`${module} repair: the ES module copy sends the repaired body`, async (t) => {
    const copy = await importSdk(module);
    t.not((copy as Exports)[className], (fromSdks(module) as Exports)[className]);
    await repairs(t, clientOf(copy).messages);
  });
  sdkTest(`${module} repair: a wrapped client is one of this platform`, async (t) => {
    rig.arc.disable();
    const own = client();
    t.is(rig.arc.wrap(own), own);
    rig.arc.enable();
    await repairs(t, own.messages);
    t.true(rig.arc.sdks().some((copy) => copy.format === 'client' && copy.module === module));
  });

  sdkTest(`${module} stream: break ends the span`, async (t) => {
    const stream = (await client().messages.create({ ...streamed, ...endless })) as AsyncIterable<unknown>;
    for await (const _event of stream) break;
    t.deepEqual(rig.spans()[0]?.attributes['gen_ai.response.finish_reasons'], ['error']);
    const aborted = (): boolean | undefined =>
      (provider === 'aws.bedrock' ? bedrock.requests : rig.models.requests).at(-1)?.aborted;
    t.true(await waitUntil('the server to see the abort', aborted));
  });

  sdkTest(`${module} stream: one that nobody reads ends its span when it is collected`, async (t) => {
    await (async () => {
      await client().messages.create(streamed);
    })();
    t.is((await endedSpans(rig)).length, 1);
  });

  sdkTest(
    `${module}: beside the package of Anthropic itself, one span per call and the right provider`,
    async (t) => {
      const { Anthropic } = fromSdks('@anthropic-ai/sdk') as Exports;
      if (!Anthropic) throw new Error('@anthropic-ai/sdk has no Anthropic');
      const direct = new Anthropic({ apiKey: 'none', maxRetries: 0, baseURL: rig.models.anthropicBaseUrl });
      await client().messages.create(params);
      await direct.messages.create(params);
      t.deepEqual(
        rig.spans().map(({ attributes }) => attributes['gen_ai.provider.name']),
        [provider, 'anthropic'],
      );
      const copies = rig.arc.sdks().filter(({ format }) => format === 'cjs');
      t.true(copies.some((copy) => copy.module === module && copy.support === 'tested'));
      t.true(copies.every(({ targets }) => targets.every(({ patched }) => patched)));
    },
  );

  sdkTest(`${module}: the span the SDK would make itself is not made beside Arc's`, async (t) => {
    const exporter = new InMemorySpanExporter();
    const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const create = () =>
      clientOf(fromSdks(module), { openTelemetry: { tracerProvider } }).messages.create(params);
    rig.arc.disable();
    await create();
    t.is(exporter.getFinishedSpans().length, 1, 'without Arc the SDK makes one');
    rig.arc.enable();
    await create();
    t.is(exporter.getFinishedSpans().length, 1);
    t.is(rig.spans().length, 1);
  });

  sdkTest(`${module} content: off by default, on when asked for`, async (t) => {
    const secret = { ...params, messages: [{ role: 'user', content: 'my secret plan' }] };
    await client().messages.create(secret);
    t.notRegex(JSON.stringify(rig.spans()[0]?.attributes), /secret plan/);
    rig.arc.setConfig({ builtinPack: false, captureContent: true });
    await client().messages.create(secret);
    rig.arc.setConfig({ builtinPack: false });
    const [span] = rig.spans();
    t.regex(String(span?.attributes['gen_ai.input.messages']), /my secret plan/);
    t.regex(String(span?.attributes['gen_ai.output.messages']), /"finish_reason":"end_turn"/);
  });
}
