import { ARC_VERSION } from '../../src/contract/package-info.js';
import type { ForwardStats } from '../ingest/forward.js';
import { type Context, Hono } from '../ingest/hono.js';
import type { Store } from '../store/store.js';
import { readCallDetail } from './call-view.js';
import { type ApiProblem, problem } from './problem.js';
import { type QueryResult, readCallQuery, readRangeQuery, writeCursor } from './query.js';

/** What the API reads from. */
export interface ApiParts {
  readonly store: Store;
  /** What forwarding did; undefined when it is off. */
  readonly forwardStats: () => ForwardStats | undefined;
  /** False while Arc Core is closing. */
  readonly ready: () => boolean;
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/** The JSON API, to be mounted at `/`: `/api/…`, `/healthz` and `/readyz`. */
export function createApi({ store, forwardStats, ready }: ApiParts): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'ok', version: ARC_VERSION }));
  app.get('/readyz', (context) => readiness(context, store, ready));
  app.get('/api/calls', (context) =>
    withQuery(context, readCallQuery, ({ filter, limit, after }) => {
      const { calls, next } = store.listCalls(filter, limit, after);
      return { calls, next_cursor: next ? writeCursor(next) : null };
    }),
  );
  app.get('/api/calls/:traceId/:spanId', (context) => oneCall(context, store));
  app.get('/api/failures', (context) =>
    withQuery(context, readRangeQuery, (range) => ({ failures: store.listFailures(range) })),
  );
  app.get('/api/patterns', (context) =>
    withQuery(context, readRangeQuery, (range) => ({ patterns: store.listPatterns(range) })),
  );
  app.get('/api/lessons', (context) =>
    withQuery(context, readRangeQuery, (range) => ({ lessons: store.listLessons(range) })),
  );
  app.get('/api/summary', (context) =>
    withQuery(context, readRangeQuery, (range) => ({
      version: ARC_VERSION,
      ...store.summarise(range),
      forward: forwardStats() ?? null,
    })),
  );
  return app;
}

/** Answers what no route of the API took. */
export function apiNotFound(context: Context): Response {
  const rule =
    'a path of the API, such as /api/calls, /api/failures, /api/patterns, /api/lessons or /api/summary';
  return context.json(problem('not_found', 'path', rule, context.req.path), 404);
}

/** Answers when a route threw; the reason goes to the log, not to the client. */
export function apiFailed(context: Context): Response {
  return context.json(
    problem('internal', 'server', 'no failure inside Arc Core; see its log', undefined),
    500,
  );
}

function withQuery<T>(
  context: Context,
  read: (params: URLSearchParams) => QueryResult<T>,
  answer: (query: T) => object,
): Response {
  const result = read(new URL(context.req.url).searchParams);
  return result.ok ? context.json(answer(result.query)) : context.json(result.problem, 400);
}

function oneCall(context: Context, store: Store): Response {
  const traceId = context.req.param('traceId') ?? '';
  const spanId = context.req.param('spanId') ?? '';
  const bad = checkIds(traceId, spanId);
  if (bad) return context.json(bad, 400);
  const detail = readCallDetail(store, traceId, spanId);
  if (detail) return context.json(detail);
  return context.json(
    problem('not_found', 'spanId', 'the span of a stored call', `${traceId}/${spanId}`),
    404,
  );
}

/** @returns what is wrong with a pair of ids, or undefined when their form is right. */
export function checkIds(traceId: string, spanId: string): ApiProblem | undefined {
  if (!TRACE_ID.test(traceId))
    return problem('bad_path', 'traceId', '32 lower-case hexadecimal digits', traceId);
  if (!SPAN_ID.test(spanId)) return problem('bad_path', 'spanId', '16 lower-case hexadecimal digits', spanId);
  return undefined;
}

function readiness(context: Context, store: Store, ready: () => boolean): Response {
  if (!ready()) return context.json({ status: 'closing' }, 503);
  try {
    store.findCall('', ''); // touches the file
    return context.json({ status: 'ready' });
  } catch {
    return context.json({ status: 'store_unavailable' }, 503);
  }
}
