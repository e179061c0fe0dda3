import test, { type ExecutionContext } from 'ava';
import type { CallRow, Store } from '../../../collector/store/store.js';
import { createApi } from '../../../collector/api/routes.js';
import { callSpan, FIXED, LEARNED, learnedEvent, memoryStore } from '../fixtures.js';

interface Api {
  readonly store: Store;
  readonly get: (
    path: string,
  ) => Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
}

function apiOf(t: ExecutionContext, ready = true): Api {
  const store = memoryStore(t);
  const app = createApi({ store, forwardStats: () => undefined, ready: () => ready });
  return {
    store,
    async get(path) {
      const response = await app.request(`http://localhost${path}`);
      // The API answers objects only.
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

test('GET /api/calls: filters of the query reach the store', async (t) => {
  const { store, get } = apiOf(t);
  const fixed = callSpan(FIXED);
  store.writeSpans([callSpan(), fixed, callSpan({ 'gen_ai.request.model': 'gpt-5' })]);
  const { status, body } = await get('/api/calls?decision=fix&model=gpt-4&service=shop&q=high-temp&status=');
  t.is(status, 200);
  const calls = body['calls'] as readonly CallRow[]; // as written above
  t.deepEqual(
    calls.map(({ spanId }) => spanId),
    [fixed.spanId],
  );
  t.like(calls[0], { patternId: 'openai.gpt-4.high-temperature', patternVersion: 2, durationMs: 1.5 });
});

test('GET /api/calls: the cursor leads through all pages', async (t) => {
  const { store, get } = apiOf(t);
  store.writeSpans(Array.from({ length: 7 }, () => callSpan()));
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await get(`/api/calls?limit=3&cursor=${cursor}`);
    seen.push(...(body['calls'] as readonly CallRow[]).map(({ spanId }) => spanId));
    cursor = String(body['next_cursor'] ?? '');
  } while (cursor !== '');
  t.is(new Set(seen).size, 7);
});

test('GET /api/calls: since takes ages and instants', async (t) => {
  const { store, get } = apiOf(t);
  const now = callSpan({}, { startUs: Date.now() * 1_000 });
  store.writeSpans([now, callSpan({}, { startUs: (Date.now() - 7_200_000) * 1_000 })]);
  for (const since of ['1h', '60m', new Date(Date.now() - 3_600_000).toISOString()]) {
    const { body } = await get(`/api/calls?since=${encodeURIComponent(since)}`);
    t.is((body['calls'] as readonly unknown[]).length, 1, since);
  }
});

const badQuery = test.macro({
  async exec(t, query: string, field: string, rule: RegExp) {
    const { status, body } = await apiOf(t).get(`/api/calls?${query}`);
    t.is(status, 400);
    t.like(body['error'], { code: 'bad_query', field });
    t.regex(JSON.stringify(body['error']), rule);
    t.true(typeof body['error'] === 'object' && body['error'] !== null && 'received' in body['error']);
  },
  title: (_, query: string) => `GET /api/calls: ?${query.slice(0, 40)} is refused with field and rule`,
});

test(badQuery, 'decision=maybe', 'decision', /fix, shadow, control, bypass, pass/);
test(badQuery, 'status=2', 'status', /ok, error/);
test(badQuery, 'limit=501', 'limit', /1 to 500/);
test(badQuery, 'limit=0', 'limit', /1 to 500/);
test(badQuery, 'limit=ten', 'limit', /1 to 500/);
test(badQuery, 'since=yesterday', 'since', /RFC 3339/);
test(badQuery, 'until=5', 'until', /RFC 3339/);
test(badQuery, 'cursor=abc', 'cursor', /next_cursor/);
test(badQuery, 'model=a&model=b', 'model', /given once/);
test(badQuery, 'colour=red', 'colour', /one of the fields/);
test(badQuery, `q=${'x'.repeat(301)}`, 'q', /300 characters/);

test('GET /api/calls/:traceId/:spanId: answers the call, its changes and its trace in tree order', async (t) => {
  const { store, get } = apiOf(t);
  const traceId = 'ab'.repeat(16);
  const span = (spanId: string, parentSpanId: string | undefined, startUs: number, name: string) =>
    callSpan({}, { traceId, spanId, parentSpanId, startUs, name, attributes: {} });
  const root = span('1'.repeat(16), undefined, 100, 'root');
  const late = span('2'.repeat(16), '1'.repeat(16), 300, 'late');
  const call = callSpan(FIXED, {
    traceId,
    spanId: '3'.repeat(16),
    parentSpanId: '1'.repeat(16),
    startUs: 200,
  });
  const below = span('4'.repeat(16), '3'.repeat(16), 350, 'POST');
  const orphan = span('5'.repeat(16), '9'.repeat(16), 50, 'orphan');
  store.writeSpans([below, late, call, root, orphan]);
  const { status, body } = await get(`/api/calls/${traceId}/${'3'.repeat(16)}`);
  t.is(status, 200);
  t.deepEqual(body['changes'], [{ path: 'temperature', before: 0.95, after: 0.7 }]);
  const trace = body['trace'] as readonly { readonly name: string; readonly depth: number }[];
  t.deepEqual(
    trace.map(({ name, depth }) => [name, depth]),
    [
      ['orphan', 0],
      ['root', 0],
      ['chat gpt-4', 1],
      ['POST', 2],
      ['late', 1],
    ],
  );
});

test('GET /api/calls/:traceId/:spanId: a cycle of parents ends', async (t) => {
  const { store, get } = apiOf(t);
  const traceId = 'cd'.repeat(16);
  const one = callSpan({}, { traceId, spanId: '1'.repeat(16), parentSpanId: '2'.repeat(16) });
  const two = callSpan({}, { traceId, spanId: '2'.repeat(16), parentSpanId: '1'.repeat(16) });
  store.writeSpans([one, two]);
  const { body } = await get(`/api/calls/${traceId}/${'1'.repeat(16)}`);
  t.is((body['trace'] as readonly unknown[]).length, 2);
});

test('GET /api/calls/:traceId/:spanId: malformed changes count as none', async (t) => {
  const { store, get } = apiOf(t);
  const span = callSpan({ 'arc.request.changes': '[{"path":1},3,{"path":"a","after":2}' });
  const other = callSpan({ 'arc.request.changes': '[{"path":1},3,{"path":"a","after":2}]' });
  store.writeSpans([span, other]);
  t.deepEqual((await get(`/api/calls/${span.traceId}/${span.spanId}`)).body['changes'], []);
  const { body } = await get(`/api/calls/${other.traceId}/${other.spanId}`);
  t.deepEqual(body['changes'], [{ path: 'a', after: 2 }]);
});

test('GET /api/calls/:traceId/:spanId: malformed ids are 400, unknown ones 404', async (t) => {
  const { get } = apiOf(t);
  t.is((await get('/api/calls/xyz/1234567890abcdef')).status, 400);
  t.is((await get(`/api/calls/${'a'.repeat(32)}/123`)).status, 400);
  t.is((await get(`/api/calls/${'a'.repeat(32)}/${'b'.repeat(16)}`)).status, 404);
});

test('GET /api/failures, /api/patterns, /api/lessons, /api/summary: answer their groups', async (t) => {
  const { store, get } = apiOf(t);
  store.writeSpans([callSpan(FIXED), callSpan({ 'error.type': 'APIError' }, { status: 'error' })]);
  t.like((await get('/api/failures')).body, { failures: [{ errorType: 'APIError', count: 1 }] });
  t.like((await get('/api/patterns')).body, {
    patterns: [{ patternId: 'fleet.second' }, { patternId: 'openai.gpt-4.high-temperature', calls: 1 }],
  });
  t.like((await get('/api/summary')).body, { calls: 2, errors: 1, forward: null });
  t.is((await get('/api/summary?limit=3')).status, 400);
  store.writeSpans([callSpan({}, { events: [learnedEvent()] })]);
  t.like((await get('/api/lessons')).body, { lessons: [{ patternId: LEARNED.id, pattern: LEARNED }] });
});

test('GET /readyz: not ready while closing', async (t) => {
  t.is((await apiOf(t, false).get('/readyz')).status, 503);
  t.is((await apiOf(t, false).get('/healthz')).status, 200);
});
