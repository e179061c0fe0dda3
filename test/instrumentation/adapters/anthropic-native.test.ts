import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import test from 'ava';
import { createRig, type Rig } from '../../helpers/rig.js';

/** What the SDK and the application trace by themselves, with the provider the application registered. */
const others = new InMemorySpanExporter();
const message = {
  model: 'claude-sonnet-4-6',
  max_tokens: 64,
  messages: [{ role: 'user' as const, content: 'Name a river.' }],
};
const NATIVE = 'anthropic.messages.create';

let rig: Rig;
test.before(async () => {
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: others })] }),
  );
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    id: 'test.limit',
    pattern: { api: 'anthropic.messages', max_tokens: 63 },
    fix: { max_tokens: 64 },
  });
});
test.beforeEach(() => {
  rig.arc.setConfig({ builtinPack: false });
  rig.arc.enable();
  rig.spans();
  others.reset();
});
test.after.always(() => rig.close());

/** A client whose HTTP requests the application traces. */
function client(): ReturnType<Rig['anthropic']> {
  return rig.anthropic({
    fetch: (url, init) =>
      trace.getTracer('http').startActiveSpan('HTTP POST', async (span) => {
        const response = await fetch(url, init);
        span.end();
        return response;
      }),
  });
}

const names = (): readonly string[] => others.getFinishedSpans().map(({ name }) => name);

test.serial(
  'native spans: without Arc the SDK makes one, which shows that there is something to do',
  async (t) => {
    rig.arc.disable();
    await client().messages.create(message);
    t.deepEqual(names(), ['HTTP POST', NATIVE]);
    t.is(rig.spans().length, 0);
  },
);

test.serial(
  "native spans: a call has Arc's span and no other; the application's HTTP span is its child",
  async (t) => {
    await client().messages.create(message);
    const [span, ...more] = rig.spans();
    t.is(more.length, 0);
    t.deepEqual(names(), ['HTTP POST']);
    t.is(others.getFinishedSpans()[0]?.parentSpanContext?.spanId, span?.spanContext().spanId);
  },
);

test.serial(
  'native spans: streams, the stream() helper and beta messages have one span as well',
  async (t) => {
    for await (const _event of await client().messages.create({ ...message, stream: true }));
    await client().messages.stream(message).finalMessage();
    await client().beta.messages.create(message);
    t.is(rig.spans().length, 3);
    t.false(names().includes(NATIVE));
  },
);

test.serial('native spans: what Arc does not trace keeps the span of the SDK', async (t) => {
  const { model, messages } = message;
  await t.throwsAsync(async () => client().messages.countTokens({ model, messages })); // unknown to the stand-in
  t.true(names().includes('anthropic.messages.count_tokens'));
  t.is(rig.spans().length, 0);
});

test.serial(
  "native spans: nativeTelemetry 'sdk' leaves the span to the SDK, and Arc repairs and counts",
  async (t) => {
    rig.arc.setConfig({ builtinPack: false, nativeTelemetry: 'sdk' });
    const fixed = rig.arc.counters.fixed;
    await client().messages.create({ ...message, max_tokens: 63 });
    t.deepEqual(names(), ['HTTP POST', NATIVE]);
    t.is(rig.spans().length, 0);
    t.is((rig.models.requests.at(-1)?.body as { max_tokens: number }).max_tokens, 64);
    t.is(rig.arc.counters.fixed, fixed + 1);
  },
);

test.serial("native spans: 'sdk' concerns only SDKs that make spans", async (t) => {
  rig.arc.setConfig({ builtinPack: false, nativeTelemetry: 'sdk' });
  await rig.openai().chat.completions.create({ model: 'gpt-4o', messages: message.messages });
  t.is(rig.spans().length, 1);
});

test.serial('native spans: a client whose telemetry is switched off by its owner stays so', async (t) => {
  rig.arc.setConfig({ builtinPack: false, nativeTelemetry: 'sdk' });
  await rig.anthropic({ openTelemetry: { traces: false } }).messages.create(message);
  t.deepEqual(names(), []);
  t.is(rig.spans().length, 1);
});
