import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/contract/package-info.js';
import { Hono } from '../ingest/hono.js';

/** The files and their media types; nothing else of the folder is served. */
const FILES = [
  ['arc.css', 'text/css; charset=utf-8'],
  ['arc.js', 'text/javascript; charset=utf-8'],
  ['arc.svg', 'image/svg+xml'],
] as const;

/** Serves the style sheet, the script and the icon, read once. */
export function createAssets(): Hono {
  const app = new Hono();
  for (const [name, type] of FILES) {
    const body = readFileSync(join(PACKAGE_ROOT, 'collector', 'web', 'assets', name), 'utf8');
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    app.get(`/assets/${name}`, (context) => {
      context.header('etag', etag);
      context.header('cache-control', 'no-cache'); // asked for each time, so that an update shows at once
      if (context.req.header('if-none-match') === etag) return context.body(null, 304);
      return context.body(body, 200, { 'content-type': type });
    });
  }
  return app;
}
