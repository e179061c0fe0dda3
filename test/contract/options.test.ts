import test from 'ava';
import { OPTIONS, resolveOptions, type ArcOptions } from '../../src/contract/options.js';
import { isSupportedNode } from '../../src/contract/node-floor.js';

test('resolveOptions: nothing given, every option has its default and says so', (t) => {
  const { options, settings } = resolveOptions({}, {});
  for (const { key, fallback } of OPTIONS) t.is(options[key], fallback);
  t.true(settings.every(({ origin }) => origin === 'default'));
});

test('resolveOptions: code wins over environment, environment over default', (t) => {
  const { options, settings } = resolveOptions(
    { mode: 'shadow' },
    { ARC_MODE: 'off', ARC_MIN_CONFIDENCE: '0.5' },
  );
  t.like(options, { mode: 'shadow', minConfidence: 0.5, builtinPack: true });
  t.deepEqual(
    settings.filter(({ origin }) => origin !== 'default'),
    [
      { key: 'mode', value: 'shadow', origin: 'code' },
      { key: 'minConfidence', value: '0.5', origin: 'env' },
    ],
  );
});

test('resolveOptions: an empty variable counts as unset', (t) => {
  t.is(resolveOptions({}, { ARC_MODE: '' }).options.mode, 'apply');
});

const reads = test.macro<[string, string, keyof ArcOptions, unknown]>({
  exec(t, env, text, key, expected) {
    t.deepEqual(resolveOptions({}, { [env]: text }).options[key], expected);
  },
  title: (_, env, text) => `resolveOptions: ${env}=${text}`,
});
test(reads, 'ARC_PACKS', 'a.yaml, b.yaml,', 'packs', ['a.yaml', 'b.yaml']);
test(reads, 'ARC_BUILTIN_PACK', 'FALSE', 'builtinPack', false);
test(reads, 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', '1', 'captureContent', true);
for (const [value, spans, events] of [
  ['true', true, false],
  ['NO_CONTENT', false, false],
  ['SPAN_ONLY', true, false],
  ['event_only', false, true],
  ['SPAN_AND_EVENT', true, true],
] as const) {
  test(reads, 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', value, 'captureContent', spans);
  test(`resolveOptions: contentEvents with ${value}`, (t) => {
    const env = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value };
    t.is(resolveOptions({}, env).options.contentEvents, events);
  });
}
test(reads, 'ARC_CONTROL_URL', 'none', 'controlUrl', 'none');
test(
  reads,
  'ARC_CONTROL_URL',
  'https://core.example.com/v1/opamp',
  'controlUrl',
  'https://core.example.com/v1/opamp',
);
test(reads, 'ARC_FLUSH_TIMEOUT_MS', '0', 'flushTimeoutMs', 0);
test(reads, 'ARC_NATIVE_TELEMETRY', 'sdk', 'nativeTelemetry', 'sdk');
test(reads, 'ARC_INJECT_USAGE', 'true', 'injectUsage', true);
test(reads, 'ARC_MAX_STREAM_AGE_MS', '1000', 'maxStreamAgeMs', 1_000);

const refuses = test.macro<[string, string, string]>({
  exec(t, env, text, message) {
    t.is(t.throws(() => resolveOptions({}, { [env]: text })).message, message);
  },
  title: (_, env, text) => `resolveOptions: ${env}=${text} is refused`,
});
test(
  refuses,
  'ARC_MAX_STREAM_AGE_MS',
  '99',
  'ARC_MAX_STREAM_AGE_MS: must be a number from 100 to 86400000, received "99"',
);
test(refuses, 'ARC_MODE', 'on', 'ARC_MODE: must be one of apply, shadow, off, received "on"');
test(
  refuses,
  'ARC_MIN_CONFIDENCE',
  '1.01',
  'ARC_MIN_CONFIDENCE: must be a number from 0 to 1, received "1.01"',
);
test(
  refuses,
  'ARC_MIN_CONFIDENCE',
  'high',
  'ARC_MIN_CONFIDENCE: must be a number from 0 to 1, received "high"',
);
test(refuses, 'ARC_BUILTIN_PACK', 'yes', 'ARC_BUILTIN_PACK: must be true or false, received "yes"');
test(
  refuses,
  'ARC_CONTROL_URL',
  'ftp://x',
  'ARC_CONTROL_URL: must be a ws, wss, http or https URL, or none, received "ftp://x"',
);
test(
  refuses,
  'ARC_CONTROL_POLL_MS',
  '1',
  'ARC_CONTROL_POLL_MS: must be a number from 50 to 3600000, received "1"',
);

test('isSupportedNode: last refused and first accepted', (t) => {
  t.deepEqual(['20.20.2', '22.14.0', '22.15.0', '24.0.0', '26.10.0'].map(isSupportedNode), [
    false,
    false,
    true,
    true,
    true,
  ]);
});
