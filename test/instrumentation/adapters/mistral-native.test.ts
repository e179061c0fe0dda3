import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import test from 'ava';
import type { ProviderServer } from '../../helpers/providers/loopback.js';
import { startMistral } from '../../helpers/providers/mistral.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { mistralParams, type MistralClient } from './mistral-client.js';

/** What the SDK traces by itself, with the provider the application registered. */
const others = new InMemorySpanExporter();
type Client = MistralClient & { readonly models: { list(): Promise<unknown> } };
interface Exports {
  readonly Mistral: new (options: object) => Client;
}

let rig: Rig;
let server: ProviderServer;
const client = (): Client => {
  const { Mistral } = fromSdks('@mistralai/mistralai') as Exports;
  return new Mistral({ apiKey: 'none', serverURL: server.url });
};

test.before(async () => {
  process.env['MISTRAL_SDK_TELEMETRY'] = 'global';
  const spanProcessors = [new SimpleSpanProcessor({ exporter: others })];
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
  server = await startMistral();
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    id: 'test.hot',
    pattern: { api: 'mistral.chat', temperature: { '>': 1 } },
    fix: { temperature: 1 },
  });
});
test.beforeEach(() => {
  rig.arc.setConfig({ builtinPack: false });
  rig.arc.enable();
  rig.spans();
  others.reset();
});
test.after.always(async () => {
  await rig.close();
  await server.close();
});

const names = (): readonly string[] => others.getFinishedSpans().map(({ name }) => name);

sdkTest('native spans of mistral: without Arc the SDK makes one', async (t) => {
  rig.arc.disable();
  await client().chat.complete(mistralParams());
  t.deepEqual(names(), ['chat mistral-small-latest']);
  t.is(rig.spans().length, 0);
});

sdkTest("native spans of mistral: a call has Arc's span and no other, streamed or not", async (t) => {
  const one = client();
  await one.chat.complete(mistralParams());
  await partsOf(await one.chat.stream(mistralParams()));
  await one.embeddings.create({ model: 'codestral-embed', inputs: ['A river'] });
  let ended = 0;
  await waitUntil('three spans', () => (ended += rig.spans().length) >= 3);
  t.is(ended, 3);
  t.deepEqual(names(), []);
});

sdkTest('native spans of mistral: what Arc does not trace keeps the span of the SDK', async (t) => {
  await client().models.list();
  t.is(names().length, 1);
  t.is(rig.spans().length, 0);
});

sdkTest("native spans of mistral: 'sdk' leaves the span to the SDK, and Arc repairs", async (t) => {
  rig.arc.setConfig({ builtinPack: false, nativeTelemetry: 'sdk' });
  await client().chat.complete(mistralParams({ temperature: 1.5 }));
  t.deepEqual(names(), ['chat mistral-small-latest']);
  t.is(rig.spans().length, 0);
  t.is(server.requests.at(-1)?.body['temperature'], 1);
});

sdkTest("native spans of mistral: 'sdk' concerns only clients that make spans", async (t) => {
  rig.arc.setConfig({ builtinPack: false, nativeTelemetry: 'sdk' });
  process.env['MISTRAL_SDK_TELEMETRY'] = 'false';
  await client().chat.complete(mistralParams());
  process.env['MISTRAL_SDK_TELEMETRY'] = 'global';
  t.deepEqual(names(), []);
  t.is(rig.spans().length, 1);
});

sdkTest("native spans of mistral: those for Mistral's own service are made as ever", async (t) => {
  const one = client();
  const { hooks } = (one as unknown as { _options: { hooks: { beforeRequestHooks: object[] } } })._options;
  const hook = hooks.beforeRequestHooks.find((candidate) => '_mistralTracingHook' in candidate);
  // As the SDK keeps the provider it makes for its own exporter.
  Object.assign(hook ?? {}, {
    _autoTelemetryProvider: trace.getTracerProvider(),
    tracerProvider: trace.getTracerProvider(),
  });
  await one.chat.complete(mistralParams());
  t.deepEqual(names(), ['chat mistral-small-latest']);
  t.is(rig.spans().length, 1);
});
