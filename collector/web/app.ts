import { checkHost, checkOrigin, type HostRule, securityHeaders } from '../api/guard.js';
import { type ApiParts, apiFailed, apiNotFound, createApi } from '../api/routes.js';
import type { Control } from '../control/control.js';
import { type Context, Hono } from '../ingest/hono.js';
import { createAssets } from './assets.js';
import { createPages, pageFailed, pageNotFound } from './pages.js';

/** What the web side of Arc Core is made of. */
export interface WebParts extends ApiParts {
  readonly hosts: HostRule;
  readonly control: Pick<Control, 'processes' | 'packs' | 'routes'> | undefined;
  readonly log: (line: string) => void;
}

/** Builds the pages, the JSON API and the control routes as one application behind one guard. */
export function createWebApp(parts: WebParts): Hono {
  const { store, forwardStats, ready, control, hosts, log } = parts;
  const app = new Hono();
  app.use(securityHeaders(), checkHost(hosts), checkOrigin());
  app.route('/', createApi({ store, forwardStats, ready }));
  if (control) app.route('/api', control.routes);
  app.route('/', createAssets());
  app.route('/', createPages({ store, forwardStats, control }));
  app.notFound((context) => (isApi(context) ? apiNotFound(context) : pageNotFound(context)));
  app.onError((error, context) => {
    log(`${context.req.method} ${context.req.path}: ${error.message}`);
    return isApi(context) ? apiFailed(context) : pageFailed(context);
  });
  return app;
}

function isApi(context: Context): boolean {
  return context.req.path.startsWith('/api/') || context.req.path === '/api';
}
