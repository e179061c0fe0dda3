import test, { type ExecutionContext } from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { bothWays, endedSpans, outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks, importSdk } from '../../helpers/sdks.js';
import { waitUntil } from '../../helpers/wait-until.js';
import type { Body, ProviderServer } from '../../helpers/providers/loopback.js';

/** What a test varies of a plain request. */
export interface Variation {
  readonly model?: string;
  readonly temperature?: number;
  readonly text?: string;
}

/** One way to call an SDK. */
export interface Way<Client> {
  /** What the caller sees; must be the same with and without Arc. */
  readonly run: (client: Client) => Promise<unknown>;
  /** Model requests it makes, each of which must have one span; one when left out. */
  readonly spans?: number;
  /** False where no usage comes back. */
  readonly tokens?: boolean;
}

/** An SDK of a provider with a protocol of its own, and how to call it. */
export interface OwnProtocolCase<Client> {
  readonly module: string;
  readonly api: string;
  readonly provider: string;
  /** Where patterns find the temperature. */
  readonly temperaturePath: string;
  readonly finishReason: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Whether the SDK aborts the request when its stream is left. */
  readonly breakAborts: boolean;
  start(): Promise<ProviderServer>;
  client(moduleExports: unknown, url: string): Client;
  chat(client: Client, variation?: Variation): PromiseLike<unknown>;
  /** The parameters of {@link chat}, to freeze them. */
  send(client: Client, params: object): PromiseLike<unknown>;
  params(variation: Variation): object;
  stream(client: Client, variation?: Variation): PromiseLike<AsyncIterable<unknown>>;
  /** The temperature the server was asked for. */
  temperatureOf(body: Body): unknown;
  readonly ways: Readonly<Record<string, Way<Client>>>;
}

/** What the tests of one SDK share. */
export interface Suite<Client> {
  readonly rig: () => Rig;
  readonly server: () => ProviderServer;
  readonly client: () => Client;
}

/** Declares the tests every such SDK must pass. */
export function testOwnProtocol<Client>(sdk: OwnProtocolCase<Client>): Suite<Client> {
  let rig: Rig;
  let server: ProviderServer;
  const suite: Suite<Client> = {
    rig: () => rig,
    server: () => server,
    client: () => sdk.client(fromSdks(sdk.module), server.url),
  };
  test.before(async () => {
    hookEsModules();
    rig = await createRig({ builtinPack: false });
    server = await sdk.start();
    rig.arc.registerPattern({
      pattern: { api: sdk.api, [sdk.temperaturePath]: { '>': 0.9 } },
      fix: { [sdk.temperaturePath]: 0.5 },
      id: 'test.hot',
    });
  });
  test.beforeEach(() => {
    rig.spans();
  });
  test.after.always(async () => {
    await rig.close();
    await server.close();
  });
  testWays(sdk, suite);
  testSpans(sdk, suite);
  testFailures(sdk, suite);
  testStreams(sdk, suite);
  testRepairs(sdk, suite);
  return suite;
}

function testWays<Client>({ module, ways }: OwnProtocolCase<Client>, suite: Suite<Client>): void {
  for (const [name, { run, spans: expected = 1, tokens = true }] of Object.entries(ways)) {
    sdkTest(`${module} transparency: ${name} is the same with and without Arc`, async (t) => {
      const { requests } = suite.server();
      const sent: unknown[][] = [];
      const { bare, under, spans } = await bothWays(suite.rig(), async () => {
        const before = requests.length;
        const result = await run(suite.client());
        sent.push(requests.slice(before).map(({ path, body }) => ({ path, body })));
        return result;
      });
      t.deepEqual(under, bare);
      t.deepEqual(sent[1], sent[0]);
      const ended = [...spans];
      await waitUntil('every span', () => ended.push(...suite.rig().spans()) >= expected);
      t.is(ended.length, expected);
      for (const { attributes } of ended)
        t.is(typeof attributes['gen_ai.usage.input_tokens'] === 'number', tokens);
    });
  }
}

function testSpans<Client>(sdk: OwnProtocolCase<Client>, { rig, client }: Suite<Client>): void {
  const expected = {
    'gen_ai.provider.name': sdk.provider,
    'arc.api': sdk.api,
    'gen_ai.request.temperature': 0.25,
    'gen_ai.usage.input_tokens': sdk.inputTokens,
    'gen_ai.usage.output_tokens': sdk.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': 4,
    'server.address': '127.0.0.1',
    'arc.decision': 'pass',
  };
  sdkTest(`${sdk.module} span: attributes of a whole answer`, async (t) => {
    await sdk.chat(client(), { temperature: 0.25 });
    const [span] = rig().spans();
    t.like(span?.attributes, expected);
    t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], [sdk.finishReason]);
    t.is(span?.attributes['gen_ai.request.stream'], undefined);
  });
  sdkTest(`${sdk.module} span: attributes of a stream`, async (t) => {
    await partsOf(await sdk.stream(client(), { temperature: 0.25 }));
    const [span] = rig().spans();
    t.like(span?.attributes, { ...expected, 'gen_ai.request.stream': true });
    t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], [sdk.finishReason]);
    t.true((span?.attributes['gen_ai.response.time_to_first_chunk'] as number) > 0);
  });
  sdkTest(`${sdk.module} content: off by default, on when asked for`, async (t) => {
    await sdk.chat(client(), { text: 'my secret plan' });
    t.notRegex(JSON.stringify(rig().spans()[0]?.attributes), /secret plan|Hello from/);
    rig().arc.setConfig({ builtinPack: false, captureContent: true });
    await sdk.chat(client(), { text: 'my secret plan' });
    await partsOf(await sdk.stream(client(), { text: 'my secret plan' }));
    rig().arc.setConfig({ builtinPack: false });
    for (const span of rig().spans()) {
      t.regex(String(span.attributes['gen_ai.input.messages']), /my secret plan/);
      t.regex(String(span.attributes['gen_ai.output.messages']), /Hello from \w+/);
    }
  });
}

function testFailures<Client>(sdk: OwnProtocolCase<Client>, { rig, client }: Suite<Client>): void {
  for (const status of [400, 401, 404, 422, 429]) {
    for (const method of ['chat', 'stream'] as const) {
      sdkTest(`${sdk.module} failure: ${method} refused with ${status} keeps its error`, async (t) => {
        const { bare, under, spans } = await bothWays(rig(), () =>
          outcomeOf(sdk[method](client(), { model: `refuse-${status}` })),
        );
        t.deepEqual(under, bare);
        const { type } = under as { type: string };
        t.is(spans.length, 1);
        t.like(spans[0]?.attributes, { 'error.type': type, 'http.response.status_code': status });
      });
    }
  }
  sdkTest(`${sdk.module} failure: a rejection nobody handles is still reported as such`, async (t) => {
    const seen: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => seen.push(error));
    try {
      void sdk.chat(client(), { model: 'refuse-400' });
      await waitUntil('the unhandled rejection', () => seen.length > 0);
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const listener of listeners) process.on('unhandledRejection', listener);
    }
    t.is(seen.length, 1);
  });
}

function testStreams<Client>(sdk: OwnProtocolCase<Client>, { rig, server, client }: Suite<Client>): void {
  sdkTest(`${sdk.module} stream: one that is cut fails as without Arc`, async (t) => {
    const { bare, under, spans } = await bothWays(rig(), async () =>
      outcomeOf(partsOf(await sdk.stream(client(), { model: 'cut' }))),
    );
    t.deepEqual(under, bare);
    t.is(spans[0]?.attributes['error.type'], (under as { type: string }).type);
  });
  sdkTest(`${sdk.module} stream: break does to the request what it does without Arc`, async (t) => {
    const { bare, under, spans } = await bothWays(rig(), async () => {
      const stream = await sdk.stream(client(), { model: 'endless' });
      let parts = 0;
      for await (const _part of stream) if ((parts += 1) === 3) break;
      return parts;
    });
    t.is(under, bare);
    t.is(spans.length, 1);
    t.deepEqual(spans[0]?.attributes['gen_ai.response.finish_reasons'], ['error']);
    const endless = server().requests.slice(-2);
    if (sdk.breakAborts) await waitUntil('both to be aborted', () => endless.every(({ aborted }) => aborted));
  });
  sdkTest(`${sdk.module} stream: one that nobody reads ends its span when it is collected`, async (t) => {
    const drop = async (): Promise<void> => {
      await sdk.stream(client());
    };
    await drop();
    t.is((await endedSpans(rig())).length, 1);
  });
}

function testRepairs<Client>(sdk: OwnProtocolCase<Client>, { rig, server, client }: Suite<Client>): void {
  const isRepaired = (t: ExecutionContext, spans: readonly ReadableSpan[]): void => {
    t.is(sdk.temperatureOf(server().requests.at(-1)?.body ?? {}), 0.5);
    t.is(spans.length, 1);
    t.like(spans[0]?.attributes, { 'arc.decision': 'fix', 'gen_ai.request.temperature': 0.5 });
  };
  sdkTest(`${sdk.module} repair: a stream is repaired as well`, async (t) => {
    await partsOf(await sdk.stream(client(), { temperature: 1 }));
    isRepaired(t, rig().spans());
  });
  sdkTest(`${sdk.module} repair: frozen parameters stay as they are`, async (t) => {
    const params = deepFreeze(sdk.params({ temperature: 1 }));
    const before = JSON.stringify(params);
    await sdk.send(client(), params);
    isRepaired(t, rig().spans());
    t.is(JSON.stringify(params), before);
  });
  sdkTest(`${sdk.module} repair: what an ES module imports is repaired`, async (t) => {
    const imported = sdk.client(await importSdk(sdk.module), server().url);
    await sdk.chat(imported, { temperature: 1 });
    isRepaired(t, rig().spans());
  });
}

function deepFreeze<T extends object>(value: T): T {
  for (const item of Object.values(value))
    if (typeof item === 'object' && item !== null) deepFreeze(item as object);
  return Object.freeze(value);
}
