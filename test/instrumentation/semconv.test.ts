import { SpanKind } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import test, { type ExecutionContext } from 'ava';
import { withArcContext } from '../../src/index.js';
import {
  EXCEPTION_EVENT,
  LEGACY_SPAN_ATTRIBUTES,
  SPAN_ATTRIBUTES,
  SPAN_EVENTS,
  type Rule,
  type Scene,
} from '../golden/semconv-4a.js';
import { CASES, CHAT, CLAUDE, claude, type Case } from '../golden/semconv-cases.js';
import { LEGACY_METRICS, METRICS } from '../golden/semconv-metrics.js';
import { checkMetric } from '../helpers/semconv-metric.js';
import { hasType, recordSpans, type SeenSpan } from '../helpers/semconv.js';
import { createRig, type Rig } from '../helpers/rig.js';
import { waitUntil } from '../helpers/wait-until.js';

const CONTEXT = { agent: 'guide', pipeline: 'tours', conversation: 'c-1', user: 'u-1', tags: ['beta'] };

let rig: Rig;
const seen: SeenSpan[] = [];
test.before(async () => {
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
    id: 'test.hot',
  });
  rig.arc.setTracerProvider(new TracerProvider({ spanProcessors: [recordSpans(seen)] }));
});
test.after.always(() => rig.close());

for (const one of CASES) {
  test.serial(`span of ${one.api}: ${one.title}`, async (t) => {
    rig.arc.setConfig({ builtinPack: false, ...one.config });
    seen.length = 0;
    await (one.inContext ? withArcContext(CONTEXT, () => call(one)) : call(one));
    const [first, ...others] = await waitUntil('the span to end', () => seen.length > 0 && seen);
    t.deepEqual(others, []);
    if (first) checkSpan(t, first, sceneOf(one));
  });
}

function sceneOf(one: Case): Scene {
  const provider = one.api === CLAUDE ? 'anthropic' : 'openai';
  return { decision: 'pass', operation: 'chat', ...one, provider, params: one.sent ?? one.params };
}

/** Reads the answer to its end, or as far as the case wants it. */
async function call({ api, params, ends = 'well', unreachable }: Case): Promise<void> {
  const create = clientMethod(api, unreachable ? { baseURL: 'http://127.0.0.1:1/v1' } : {});
  try {
    const answer = await create(params);
    if (params['stream'] !== true) return;
    for await (const _chunk of answer as AsyncIterable<unknown>) if (ends === 'left') break;
  } catch (error) {
    if (ends !== 'error' && ends !== 'broken') throw error;
  }
}

function clientMethod(api: string, options: object): (params: object) => Promise<unknown> {
  const openai = rig.openai(options);
  // The table holds plain objects; the SDKs type each API's parameters.
  const methods: Readonly<Record<string, (params: never) => unknown>> = {
    [CHAT]: (params) => openai.chat.completions.create(params),
    [CLAUDE]: (params) => rig.anthropic().messages.create(params),
    'openai.responses': (params) => openai.responses.create(params),
    'openai.completions': (params) => openai.completions.create(params),
    'openai.embeddings': (params) => openai.embeddings.create(params),
  };
  return async (params) => methods[api]?.(params as never);
}

function checkSpan(t: ExecutionContext, { span, atStart }: SeenSpan, scene: Scene): void {
  const rules = scene.legacy ? { ...SPAN_ATTRIBUTES, ...LEGACY_SPAN_ATTRIBUTES } : SPAN_ATTRIBUTES;
  const { attributes } = span;
  t.is(span.name, `${scene.operation} ${String(scene.params['model'])}`);
  t.is(span.kind, SpanKind.CLIENT);
  t.is(attributes['gen_ai.operation.name'], scene.operation);
  t.is(attributes['gen_ai.provider.name'], scene.provider);
  t.is(attributes['arc.api'], scene.api);
  t.is(attributes['arc.decision'], scene.decision);
  const unknown = Object.keys(attributes).filter((name) => !(name in rules));
  t.deepEqual(unknown, [], 'every name is in the table');
  for (const [name, rule] of Object.entries(rules))
    checkAttribute(t, name, rule, { value: attributes[name], scene });
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.start && name in attributes) t.true(name in atStart, `${name} is there when the span is made`);
  }
  for (const { name, attributes: told = {} } of span.events) {
    t.deepEqual(Object.keys(told).sort(), [...(SPAN_EVENTS[name] ?? ['no such event'])].sort());
  }
}

function checkAttribute(
  t: ExecutionContext,
  name: string,
  { type, when }: Rule,
  { value, scene }: { value: unknown; scene: Scene },
): void {
  const due = typeof when === 'function' ? when(scene) : when;
  const there = value !== undefined;
  if (due !== 'maybe') t.is(there, due === 'always' || due, `${name} is there: ${there}`);
  if (there) t.true(hasType(value, type), `${name} is ${type}: ${JSON.stringify(value)}`);
}

test.serial(
  'metrics: each has its kind, unit, bounds and attributes, and all of them were written',
  async (t) => {
    const rules = { ...METRICS, ...LEGACY_METRICS };
    const metrics = (await rig.metrics()).filter(({ dataPoints }) => dataPoints.length > 0);
    for (const metric of metrics) {
      const rule = rules[metric.descriptor.name];
      t.truthy(rule, `${metric.descriptor.name} is in the table`);
      if (rule) checkMetric(t, metric, rule);
    }
    const written = new Set(metrics.map(({ descriptor }) => descriptor.name));
    // The model server caches nothing, nothing failed inside Arc, and MCP and frameworks have tests of their own.
    const rare = /cache_|reasoning|^arc\.errors$|^mcp\.|^gen_ai\.(invoke|execute)_/;
    const missing = Object.keys(rules).filter((name) => !written.has(name) && !rare.test(name));
    t.deepEqual(missing, []);
  },
);

test.serial('log events: one for each failed call, as the conventions describe it', (t) => {
  const logs = rig.logs();
  t.is(logs.length, CASES.filter(({ ends }) => ends === 'error' || ends === 'broken').length);
  for (const { eventName, severityNumber, attributes } of logs) {
    t.is(eventName, 'gen_ai.client.operation.exception');
    t.is(severityNumber, 13);
    t.deepEqual(Object.keys(attributes).sort(), Object.keys(EXCEPTION_EVENT).sort());
    for (const [name, type] of Object.entries(EXCEPTION_EVENT)) t.true(hasType(attributes[name], type), name);
  }
});

const CACHE_WRITE = 'gen_ai.usage.cache_write.input_tokens';
const CACHE_CREATION = 'gen_ai.usage.cache_creation.input_tokens';
const choices: readonly (readonly [semconv: 'latest' | 'legacy' | 'both', names: readonly string[]])[] = [
  ['latest', [CACHE_WRITE]],
  ['legacy', [CACHE_CREATION, 'gen_ai.system']],
  ['both', [CACHE_CREATION, CACHE_WRITE, 'gen_ai.system']],
];
for (const [semconv, expected] of choices) {
  test.serial(`semconv ${semconv}: what was renamed has the names asked for`, async (t) => {
    rig.arc.setConfig({ builtinPack: false, semconv });
    seen.length = 0;
    const before = await counts();
    await clientMethod(CLAUDE, {})(claude);
    const after = await counts();
    const names = Object.keys(seen[0]?.span.attributes ?? {});
    const renamed = [CACHE_CREATION, CACHE_WRITE, 'gen_ai.system'];
    t.deepEqual(
      renamed.filter((name) => names.includes(name)),
      [...expected],
    );
    const [latest, legacy] = after.map((count, index) => count - (before[index] ?? 0));
    t.is(latest, semconv === 'legacy' ? 0 : 1);
    t.is(legacy, semconv === 'latest' ? 0 : 1);
  });
}

async function counts(): Promise<readonly number[]> {
  return [
    await rig.metric('gen_ai.client.inference.duration'),
    await rig.metric('gen_ai.client.token.usage', {
      'gen_ai.token.type': 'input',
      'gen_ai.system': 'anthropic',
    }),
  ];
}
