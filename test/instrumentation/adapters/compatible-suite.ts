import test, { type ExecutionContext } from 'ava';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { bothWays, endedSpans, outcomeOf, partsOf, sameEachTime, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks, importSdk } from '../../helpers/sdks.js';
import { waitUntil } from '../../helpers/wait-until.js';

/** An SDK that is generated as OpenAI's is, and how to point it to the model server. */
export interface CompatibleCase {
  readonly module: string;
  /** Name of the client's class. */
  readonly className: string;
  readonly provider: string;
  /** Client options that lead to the server. */
  readonly options: (modelServerUrl: string) => object;
}

/** The part of the SDK the tests call. */
interface Client {
  readonly chat: { readonly completions: { create(params: object, options?: object): ApiPromise } };
  readonly embeddings: { create(params: object): ApiPromise };
}
interface ApiPromise extends Promise<unknown> {
  withResponse(): Promise<{ readonly data: unknown; readonly response: Response }>;
  asResponse(): Promise<Response>;
}
interface Stream extends AsyncIterable<unknown> {
  readonly controller: AbortController;
  tee(): readonly [Stream, Stream];
}
type ClientClass = new (options: object) => Client;
type Exports = Readonly<Record<string, ClientClass>>;

/** What the tests of one SDK share. */
interface Bench extends CompatibleCase {
  readonly rig: () => Rig;
  readonly clientOf: (exports: unknown) => Client;
  readonly client: () => Client;
}

const VARYING = ['id', 'created', 'system_fingerprint', 'obfuscation'];
const chat = { model: 'llama-3.3-70b', messages: [{ role: 'user', content: 'Hello there' }] };
const streamed = { ...chat, stream: true, stream_options: { include_usage: true } };
const asked = (words: string) => ({
  ...streamed,
  messages: [{ role: 'user', content: `[model-server ${words}]` }],
});

/** Ways to call. Each returns what the caller sees. */
const ways: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  await: async (c) => c.chat.completions.create(chat),
  'the same promise awaited twice': async (c) => {
    const promise = c.chat.completions.create(chat);
    return [promise.constructor.name, (await promise) === (await promise)];
  },
  withResponse: async (c) => {
    const { data, response } = await c.chat.completions.create(chat).withResponse();
    return [data, response.status];
  },
  asResponse: async (c) => (await c.chat.completions.create(chat).asResponse()).json(),
  'stream by for-await': async (c) => partsOf((await c.chat.completions.create(streamed)) as Stream),
  'stream by tee': async (c) => {
    const stream = (await c.chat.completions.create(streamed)) as Stream;
    return [stream.constructor.name, await Promise.all(stream.tee().map(partsOf))];
  },
  'stream with an error in it': async (c) =>
    outcomeOf(partsOf((await c.chat.completions.create(asked('fail=2'))) as Stream)),
  'stream that is cut': async (c) =>
    outcomeOf(partsOf((await c.chat.completions.create(asked('cut=2'))) as Stream)),
  'refused request': async (c) => outcomeOf(c.chat.completions.create({ ...chat, n: -1 })),
  'aborted before': async (c) => outcomeOf(c.chat.completions.create(chat, { signal: AbortSignal.abort() })),
  embeddings: async (c) => c.embeddings.create({ model: 'text-embedding-3-small', input: 'hello' }),
};

/** Declares the tests of one SDK. @returns the rig they run on, once they run. */
export function testCompatible(sdk: CompatibleCase): () => Rig {
  let rig: Rig;
  test.before(async () => {
    hookEsModules();
    rig = await createRig({ builtinPack: false });
    rig.arc.registerPattern({
      pattern: { provider: sdk.provider, api: 'openai.chat.completions', temperature: { '>': 0.9 } },
      fix: { temperature: 0.5 },
      id: 'test.hot',
    });
  });
  test.beforeEach(() => rig.spans());
  test.after.always(() => rig.close());
  const clientOf = (exports: unknown): Client => {
    const Class = (exports as Exports)[sdk.className];
    if (!Class) throw new Error(`${sdk.module} has no ${sdk.className}`);
    return new Class({ apiKey: 'none', maxRetries: 0, ...sdk.options(rig.models.url) });
  };
  const bench = { ...sdk, rig: () => rig, clientOf, client: () => clientOf(fromSdks(sdk.module)) };
  for (const declare of [testTransparency, testSpans, testRepairs, testStreams]) declare(bench);
  return bench.rig;
}

function testTransparency({ module, rig, client }: Bench): void {
  for (const [name, run] of Object.entries(ways)) {
    sdkTest(`${module} transparency: ${name} is the same with and without Arc`, async (t) => {
      const { bare, under, spans } = await bothWays(rig(), () => run(client()));
      t.deepEqual(sameEachTime(under, VARYING), sameEachTime(bare, VARYING));
      t.is(spans.length, 1);
    });
  }
}

function testSpans({ module, provider, rig, client }: Bench): void {
  sdkTest(`${module} span: provider, tokens and finish reason, nothing of openai's own`, async (t) => {
    await client().chat.completions.create({ ...chat, temperature: 0.1, service_tier: 'flex' });
    const [span] = rig().spans();
    t.is(span?.name, 'chat llama-3.3-70b');
    t.like(span?.attributes, {
      'gen_ai.provider.name': provider,
      'gen_ai.request.temperature': 0.1,
      'gen_ai.response.finish_reasons': ['stop'],
      'server.address': '127.0.0.1',
      'arc.decision': 'pass',
    });
    t.is(typeof span?.attributes['gen_ai.usage.input_tokens'], 'number');
    t.is(typeof span?.attributes['gen_ai.usage.output_tokens'], 'number');
    t.deepEqual(
      Object.keys(span?.attributes ?? {}).filter((key) => key.startsWith('openai.')),
      [],
    );
  });

  sdkTest(`${module} span: embeddings are their own operation`, async (t) => {
    await client().embeddings.create({ model: 'text-embedding-3-small', input: 'hello' });
    const [span] = rig().spans();
    t.like(span?.attributes, { 'gen_ai.operation.name': 'embeddings', 'gen_ai.provider.name': provider });
    t.is(typeof span?.attributes['gen_ai.usage.input_tokens'], 'number');
  });

  sdkTest(`${module} failure: status and class are on the span`, async (t) => {
    await t.throwsAsync(async () => client().chat.completions.create({ ...chat, n: -1 }));
    const [span] = rig().spans();
    t.like(span?.attributes, { 'error.type': 'BadRequestError', 'http.response.status_code': 400 });
  });
}

function testRepairs({ module, className, provider, rig, client, clientOf }: Bench): void {
  const lastBody = () => rig().models.requests.at(-1)?.body as Readonly<Record<string, unknown>>;
  const repairs = async (t: ExecutionContext, c: Client): Promise<void> => {
    const params = Object.freeze({ ...chat, temperature: 1.5 });
    await c.chat.completions.create(params);
    t.is(lastBody()['temperature'], 0.5);
    t.is(params.temperature, 1.5);
    const [span] = rig().spans();
    t.like(span?.attributes, { 'arc.decision': 'fix', 'gen_ai.provider.name': provider });
  };
  sdkTest(
    `${module} repair: the CommonJS copy sends the repaired body, frozen parameters stay`,
    async (t) => {
      await repairs(t, client());
    },
  );
  sdkTest(`${module} repair: the ES module copy sends the repaired body`, async (t) => {
    const copy = await importSdk(module);
    t.not((copy as Exports)[className], (fromSdks(module) as Exports)[className]);
    await repairs(t, clientOf(copy));
  });
  sdkTest(`${module} repair: a wrapped client is one of this provider`, async (t) => {
    const before = client();
    rig().arc.disable();
    t.is(rig().arc.wrap(before), before);
    rig().arc.enable();
    await repairs(t, before);
    const listed = rig()
      .arc.sdks()
      .filter(({ format }) => format === 'client');
    t.deepEqual(
      listed.map(({ module: name }) => name),
      [module],
    );
  });
}

function testStreams({ module, rig, client }: Bench): void {
  sdkTest(`${module} stream: break aborts the request and ends the span`, async (t) => {
    const stream = (await client().chat.completions.create(asked('stream=endless'))) as Stream;
    for await (const _chunk of stream) break;
    const request = rig().models.requests.at(-1);
    t.true(await waitUntil('the server to see the abort', () => request?.aborted));
    const [span] = rig().spans();
    t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['error']);
  });

  sdkTest(`${module} stream: tokens are on the span`, async (t) => {
    await partsOf((await client().chat.completions.create(streamed)) as Stream);
    const [span] = rig().spans();
    t.is(typeof span?.attributes['gen_ai.usage.output_tokens'], 'number');
    t.is(span?.attributes['gen_ai.request.stream'], true);
  });

  sdkTest(`${module} stream: one that nobody reads ends its span when it is collected`, async (t) => {
    const drop = async (): Promise<void> => {
      await client().chat.completions.create(streamed);
    };
    await drop();
    t.is((await endedSpans(rig())).length, 1);
  });

  sdkTest(`${module} content: off by default, on when asked for`, async (t) => {
    const messages = [{ role: 'user', content: 'my secret plan' }];
    await client().chat.completions.create({ ...chat, messages });
    t.notRegex(JSON.stringify(rig().spans()[0]?.attributes), /secret plan/);
    rig().arc.setConfig({ builtinPack: false, captureContent: true });
    await client().chat.completions.create({ ...chat, messages });
    rig().arc.setConfig({ builtinPack: false });
    const [span] = rig().spans();
    t.regex(String(span?.attributes['gen_ai.input.messages']), /my secret plan/);
    t.regex(String(span?.attributes['gen_ai.output.messages']), /"finish_reason":"stop"/);
  });
}
