import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { PackError } from '../../src/contract/errors.js';
import type { PackInfo } from '../../src/contract/pattern.js';
import { readUpload } from './add-pack.js';
import { packInfo, type PackDesk } from './pack-desk.js';
import type { StoredPack } from './pack-store.js';
import type { ProcessView } from './process-view.js';

/** Longest pack, in bytes; the same bound as in the processes. */
const MAX_PACK_BYTES = 67_108_864;
/** Longest wait for reports one request may ask for, in milliseconds. */
const MAX_WAIT_MS = 60_000;
/** Changes the history shows at most. */
const HISTORY_LIMIT = 500;

/** The control part of Core's API, to be mounted under `/api`. */
export function createRoutes(desk: PackDesk, processes: () => readonly ProcessView[]): Hono {
  const routes = new Hono();
  routes.get('/packs', (c) => c.json({ packs: desk.store.list().map(describe) }));
  routes.get('/packs/history', (c) => c.json({ changes: desk.store.history(HISTORY_LIMIT) }));
  routes.get('/packs/:name', (c) => {
    const pack = desk.store.get(c.req.param('name'));
    return pack
      ? c.json({ pack: { ...describe(pack), source: pack.source, text: pack.text } })
      : unknownPack(c);
  });
  routes.post('/packs', bodyLimit({ maxSize: MAX_PACK_BYTES, onError: tooLong }), (c) => add(c, desk));
  routes.post('/packs/:name/rollback', (c) => rollback(c, desk));
  routes.delete('/packs/:name', async (c) => {
    const waitMs = readWait(c);
    if (waitMs === undefined) return badWait(c);
    const removed = desk.remove(c.req.param('name') ?? '');
    if (!removed) return unknownPack(c);
    return c.json({ change: removed.change, processes: await removed.rollout.wait(waitMs) });
  });
  routes.get('/processes', (c) => c.json({ processes: processes() }));
  return routes;
}

async function add(c: Context, desk: PackDesk): Promise<Response> {
  const refusal = refuseType(c);
  if (refusal) return refusal;
  const waitMs = readWait(c);
  if (waitMs === undefined) return badWait(c);
  const name = c.req.query('name');
  const file = c.req.query('file') ?? `${name ?? 'pack'}.yaml`;
  try {
    const upload = { source: await c.req.text(), file, ...(name === undefined ? {} : { name }) };
    const { pack, change, rollout } = desk.put(
      readUpload(upload, new Date().toISOString(), (known) => desk.store.get(known)),
    );
    return c.json({ pack: packInfo(pack), change, processes: await rollout.wait(waitMs) });
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    const { code, message, problems } = error;
    return c.json({ error: { code, message, problems } }, 400);
  }
}

/** A web page can post text/plain and form types across origins without asking; these it cannot. */
function refuseType(c: Context): Response | undefined {
  const received = c.req.header('content-type') ?? 'none';
  if (/^application\/(?:x-)?(?:yaml|json)\b/.test(received)) return undefined;
  const rule = 'application/yaml or application/json';
  return c.json({ error: { code: 'ARC_USAGE', field: 'content-type', rule, received } }, 415);
}

async function rollback(c: Context, desk: PackDesk): Promise<Response> {
  const refusal = refuseType(c);
  if (refusal) return refusal;
  const waitMs = readWait(c);
  if (waitMs === undefined) return badWait(c);
  const name = c.req.param('name') ?? '';
  const source = desk.store.previous(name);
  if (source === undefined) {
    const message = `no earlier version of a pack named "${name}"; GET /api/packs/history lists the changes`;
    return c.json({ error: { code: 'ARC_NOT_FOUND', message } }, 404);
  }
  const upload = { source, file: `${name}.json`, name };
  // The ends of its patterns were written when it came, and stay: so does its hash, by which processes have kept it.
  const { pack, change, rollout } = desk.put(readUpload(upload, new Date().toISOString(), () => undefined));
  return c.json({ pack: packInfo(pack), change, processes: await rollout.wait(waitMs) });
}

function describe(pack: StoredPack): PackInfo & { readonly addedAt: string } {
  return { ...packInfo(pack), addedAt: pack.addedAt };
}

function readWait(c: Context): number | undefined {
  const waitMs = Number(c.req.query('waitMs') ?? '0');
  return waitMs >= 0 && waitMs <= MAX_WAIT_MS ? waitMs : undefined;
}

function badWait(c: Context): Response {
  const received = c.req.query('waitMs');
  const rule = `a number of milliseconds from 0 to ${MAX_WAIT_MS}`;
  return c.json({ error: { code: 'ARC_USAGE', field: 'waitMs', rule, received } }, 400);
}

function unknownPack(c: Context): Response {
  const message = `no pack named "${c.req.param('name') ?? ''}"; GET /api/packs lists them`;
  return c.json({ error: { code: 'ARC_NOT_FOUND', message } }, 404);
}

function tooLong(c: Context): Response {
  const rule = `at most ${MAX_PACK_BYTES} bytes`;
  return c.json({ error: { code: 'ARC_USAGE', field: 'body', rule } }, 413);
}
