import test from 'ava';
import { openDatabase } from '../../../collector/store/database.js';
import type { LogRecord, MetricPointRecord } from '../../../collector/store/records.js';
import { createSqliteStore } from '../../../collector/store/sqlite-store.js';
import type { CallFilter, CallPosition } from '../../../collector/store/store.js';
import { callSpan, FIXED, memoryStore } from '../fixtures.js';

const failed = (type: string, message: string, model = 'gpt-4') =>
  callSpan(
    { 'error.type': type, 'gen_ai.request.model': model },
    { status: 'error', statusMessage: message },
  );

test('writeSpans: spans that are there already are left alone and counted', (t) => {
  const store = memoryStore(t);
  const span = callSpan();
  t.deepEqual(store.writeSpans([span, callSpan()]), { stored: 2, duplicates: 0 });
  t.deepEqual(store.writeSpans([{ ...span, name: 'changed' }, span]), { stored: 0, duplicates: 2 });
  t.deepEqual(store.summarise({}).totals.spans, { stored: 2, duplicates: 2 });
  t.is(store.listTrace(span.traceId)[0]?.name, span.name);
});

test('writeSpans: what is read back equals what was written', (t) => {
  const store = memoryStore(t);
  const span = callSpan(FIXED, {
    parentSpanId: 'aaaaaaaaaaaaaaaa',
    events: [{ name: 'exception', timeUs: 1_790_000_000_000_001, attributes: { 'exception.message': 'no' } }],
    links: [{ traceId: 'b'.repeat(32), spanId: 'c'.repeat(16), attributes: { why: ['retry', 1, null] } }],
  });
  store.writeSpans([span]);
  t.deepEqual(store.listTrace(span.traceId), [span]);
});

test('writeSpans: a failure in the middle keeps nothing, and the store works on', (t) => {
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  const store = createSqliteStore(database);
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const bad = { ...callSpan(), attributes: cyclic as never };
  const good = callSpan({}, { resource: { service: 'fresh', attributes: { 'service.name': 'fresh' } } });
  t.throws(() => store.writeSpans([good, bad]));
  t.is(store.summarise({}).totals.spans.stored, 0);
  t.deepEqual(store.writeSpans([good]), { stored: 1, duplicates: 0 });
  t.is(store.listTrace(good.traceId)[0]?.resource.service, 'fresh');
});

test('writeSpans: spans that are no LLM call are stored but not listed', (t) => {
  const store = memoryStore(t);
  const http = callSpan({}, { attributes: { 'http.request.method': 'POST' }, name: 'POST' });
  const tool = callSpan({ 'gen_ai.operation.name': 'execute_tool' });
  store.writeSpans([http, tool]);
  t.is(store.listCalls({}, 10).calls.length, 0);
  t.is(store.listTrace(http.traceId).length, 1);
});

test('listCalls: every filter narrows the list', (t) => {
  const store = memoryStore(t);
  const fixed = callSpan(FIXED);
  const anthropic = callSpan({
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-sonnet-4-5',
  });
  const broken = failed('RateLimitError', 'slow down, 100% used');
  const elsewhere = callSpan(
    {},
    { resource: { service: 'billing', attributes: { 'service.name': 'billing' } } },
  );
  const routed = callSpan({ 'arc.request.original.model': 'gpt-3', 'gen_ai.request.model': 'gpt-5' });
  store.writeSpans([fixed, anthropic, broken, elsewhere, routed]);
  const found = (filter: CallFilter) => store.listCalls(filter, 100).calls.map(({ spanId }) => spanId);
  t.deepEqual(found({ decision: 'fix' }), [fixed.spanId]);
  t.deepEqual(found({ provider: 'anthropic' }), [anthropic.spanId]);
  t.deepEqual(found({ status: 'error' }), [broken.spanId]);
  t.deepEqual(found({ service: 'billing' }), [elsewhere.spanId]);
  t.deepEqual(found({ model: 'gpt-3' }), [routed.spanId]);
  t.deepEqual(found({ model: 'gpt-5' }), [routed.spanId]);
  t.deepEqual(found({ pattern: 'fleet.second' }), [fixed.spanId]);
  t.deepEqual(found({ search: 'RATELIMIT' }), [broken.spanId]);
  t.deepEqual(found({ search: '0%' }), [broken.spanId], 'a percent sign is no wildcard');
  t.deepEqual(found({ search: 'gpt_4' }), [], 'nor is an underscore');
  t.deepEqual(found({ sinceUs: broken.startUs, untilUs: elsewhere.startUs }), [broken.spanId]);
  t.deepEqual(found({ status: 'ok', service: 'shop', model: 'gpt-4' }), [fixed.spanId]);
});

test('listCalls: pages join without gap or repetition, also among equal times', (t) => {
  const store = memoryStore(t);
  const spans = Array.from({ length: 25 }, (_, index) =>
    callSpan({}, { startUs: 1_790_000_000_000_000 + Math.floor(index / 10) }),
  );
  store.writeSpans(spans);
  const seen: string[] = [];
  let after: CallPosition | undefined;
  let pages = 0;
  do {
    const page = store.listCalls({}, 4, after);
    seen.push(...page.calls.map(({ spanId }) => spanId));
    after = page.next;
    pages += 1;
  } while (after);
  t.is(pages, 7);
  t.is(new Set(seen).size, 25);
  t.is(seen.length, 25);
});

test('listFailures: failures of one cause are one group, the largest first', (t) => {
  const store = memoryStore(t);
  const first = failed('BadRequestError', '400 max_tokens: 9000 > 4096 (req_01abcdef01)');
  const second = failed('BadRequestError', '400 max_tokens: 8000 > 4096 (req_02abcdef02)');
  store.writeSpans([failed('BadRequestError', 'other', 'gpt-5'), first, second, callSpan()]);
  const [group, ...rest] = store.listFailures({});
  t.is(rest.length, 1);
  t.like(group, { provider: 'openai', model: 'gpt-4', errorType: 'BadRequestError', count: 2 });
  t.is(group?.example.spanId, second.spanId);
  t.true((group?.firstSeen ?? '') < (group?.lastSeen ?? ''));
});

test('listPatterns: counts decisions and repairs that failed all the same', (t) => {
  const store = memoryStore(t);
  const shadow = { ...FIXED, 'arc.decision': 'shadow', 'arc.patterns': ['openai.gpt-4.high-temperature@3'] };
  store.writeSpans([
    callSpan(FIXED),
    callSpan({ ...FIXED, 'error.type': 'BadRequestError' }, { status: 'error' }),
    callSpan(shadow),
    callSpan({ 'arc.decision': 'pass' }),
  ]);
  const [busiest, second] = store.listPatterns({});
  t.like(busiest, {
    patternId: 'openai.gpt-4.high-temperature',
    version: 3,
    calls: 3,
    decisions: { fix: 2, shadow: 1 },
    errorsAfterFix: 1,
  });
  t.like(second, { patternId: 'fleet.second', version: 1, calls: 2 });
});

test('summarise: counts calls in the range by decision', (t) => {
  const store = memoryStore(t);
  const early = callSpan(FIXED);
  const late = failed('APIError', 'gone');
  store.writeSpans([early, late]);
  t.like(store.summarise({}), { calls: 2, errors: 1, decisions: { fix: 1, none: 1 } });
  t.like(store.summarise({ sinceUs: late.startUs }), { calls: 1, errors: 1, decisions: { none: 1 } });
});

test('writeMetricPoints: a point sent twice is stored once', (t) => {
  const store = memoryStore(t);
  const point: MetricPointRecord = {
    name: 'arc.fixes.applied',
    unit: '{fix}',
    kind: 'sum',
    timeUs: 1_790_000_000_000_000,
    startUs: 0,
    attributes: { b: 1, a: 'x' },
    value: 3,
    detail: { temporality: 'cumulative' },
    resource: { service: 'shop', attributes: {} },
  };
  t.deepEqual(store.writeMetricPoints([point]), { stored: 1, duplicates: 0 });
  const reordered = { ...point, attributes: { a: 'x', b: 1 } };
  t.deepEqual(store.writeMetricPoints([reordered]), { stored: 0, duplicates: 1 });
  t.deepEqual(store.writeMetricPoints([{ ...point, timeUs: point.timeUs + 1 }]), {
    stored: 1,
    duplicates: 0,
  });
});

test('writeLogRecords: equal records of one export are kept, an export sent twice is not', (t) => {
  const store = memoryStore(t);
  const record: LogRecord = {
    timeUs: 1_790_000_000_000_000,
    severity: 13,
    severityText: 'WARN',
    eventName: 'gen_ai.client.operation.exception',
    body: { text: 'no', nested: [1, 2] },
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    scope: 'arc',
    attributes: { 'exception.type': 'APIError' },
    resource: { service: 'shop', attributes: {} },
  };
  t.deepEqual(store.writeLogRecords([record, record]), { stored: 2, duplicates: 0 });
  t.deepEqual(store.writeLogRecords([record, record]), { stored: 0, duplicates: 2 });
  t.deepEqual(store.listLogs('a'.repeat(32), 'b'.repeat(16)), [record, record]);
});

test('filterValues: lists what occurs', (t) => {
  const store = memoryStore(t);
  store.writeSpans([callSpan(FIXED), callSpan({ 'gen_ai.request.model': 'gpt-5' })]);
  t.deepEqual(store.filterValues(), {
    providers: ['openai'],
    models: ['gpt-4', 'gpt-5'],
    services: ['shop'],
    patterns: ['fleet.second', 'openai.gpt-4.high-temperature'],
  });
});
