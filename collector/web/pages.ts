import { readCallDetail } from '../api/call-view.js';
import { type QueryResult, readCallQuery, readRangeQuery } from '../api/query.js';
import { checkIds } from '../api/routes.js';
import type { Control } from '../control/control.js';
import type { ForwardStats } from '../ingest/forward.js';
import { type Context, Hono } from '../ingest/hono.js';
import type { Store } from '../store/store.js';
import { callPage } from './call-page.js';
import { callsPage, modelText } from './calls-page.js';
import { failuresPage } from './failures-page.js';
import { html, type Html } from './html.js';
import { emptyState, layout, type Page } from './layout.js';
import { packsPage } from './packs-page.js';
import { patternsPage } from './patterns-page.js';
import { noControl, processesPage } from './processes-page.js';

/** What the pages read from. */
export interface PageParts {
  readonly store: Store;
  readonly forwardStats: () => ForwardStats | undefined;
  /** Undefined when Core runs without a control channel. */
  readonly control: Pick<Control, 'processes' | 'packs'> | undefined;
}

/** The pages, to be mounted at `/`. */
export function createPages({ store, forwardStats, control }: PageParts): Hono {
  const app = new Hono();
  app.get('/', (context) =>
    withQuery(context, readCallQuery, '/', ({ filter, limit, after }, now) => {
      const page = store.listCalls(filter, limit, after);
      const forwardProblem = forwardStats()?.problem ?? undefined;
      const params = new URL(context.req.url).searchParams;
      const parts = {
        page,
        params,
        values: store.filterValues(),
        summary: store.summarise({}),
        forwardProblem,
        now,
      };
      return { title: 'Calls', section: '/', body: callsPage(parts) };
    }),
  );
  app.get('/calls/:traceId/:spanId', (context) => oneCall(context, store));
  app.get('/failures', (context) =>
    withQuery(context, readRangeQuery, '/failures', (range, now) => {
      return { title: 'Failures', section: '/failures', body: failuresPage(store.listFailures(range), now) };
    }),
  );
  app.get('/patterns', (context) =>
    withQuery(context, readRangeQuery, '/patterns', (range, now) => {
      const body = patternsPage(store.listPatterns(range), store.listLessons(range), now);
      return { title: 'Patterns', section: '/patterns', body };
    }),
  );
  app.get('/packs', (context) => {
    const body = control ? packsPage(control.packs(), control.processes()) : noControl();
    return render(context, { title: 'Packs', section: '/packs', body });
  });
  app.get('/processes', (context) => {
    const body = control ? processesPage(control.processes(), Date.now()) : noControl();
    return render(context, { title: 'Processes', section: '/processes', body });
  });
  return app;
}

/** The page for an address that is none. */
export function pageNotFound(context: Context): Response | Promise<Response> {
  return message(context, 404, 'Not found', `There is no page ${context.req.path}.`);
}

/** The page for a failure inside Arc Core. */
export function pageFailed(context: Context): Response | Promise<Response> {
  return message(context, 500, 'Something failed inside Arc Core', 'The reason stands in its log.');
}

function oneCall(context: Context, store: Store): Response | Promise<Response> {
  const traceId = context.req.param('traceId') ?? '';
  const spanId = context.req.param('spanId') ?? '';
  if (checkIds(traceId, spanId)) return pageNotFound(context);
  const detail = readCallDetail(store, traceId, spanId);
  if (!detail) return message(context, 404, 'Not found', `No call ${traceId}/${spanId} is stored.`);
  const title = `${detail.call.operation} ${modelText(detail.call)}`;
  return render(context, { title, section: '/', body: callPage(detail, Date.now()) });
}

function withQuery<T>(
  context: Context,
  read: (params: URLSearchParams) => QueryResult<T>,
  section: string,
  page: (query: T, now: number) => Page,
): Response | Promise<Response> {
  const result = read(new URL(context.req.url).searchParams);
  if (result.ok) return render(context, page(result.query, Date.now()));
  const { field, rule, received } = result.problem.error;
  const reason = `“${field}” must be ${rule}; received “${received ?? ''}”.`;
  const body = emptyState(reason, html`<p><a href="${section}">Start again without filters</a></p>`);
  return render(context, { title: 'Bad filter', section, body }, 400);
}

function message(
  context: Context,
  status: 404 | 500,
  title: string,
  text: string,
): Response | Promise<Response> {
  const body = emptyState(text, html`<p><a href="/">All calls</a></p>`);
  return render(context, { title, section: '', body }, status);
}

function render(
  context: Context,
  page: Page,
  status: 200 | 400 | 404 | 500 = 200,
): Response | Promise<Response> {
  context.header('cache-control', 'no-store'); // telemetry stays out of the browser's files
  const content: Html = layout(page);
  return context.html(content, status);
}
