import test, { type ExecutionContext } from 'ava';
import type { PackInfo } from '../../../src/contract/pattern.js';
import type { ProcessView } from '../../../collector/control/process-view.js';
import { Hono } from '../../../collector/ingest/hono.js';
import type { Store } from '../../../collector/store/store.js';
import { createWebApp } from '../../../collector/web/app.js';
import { callSpan, FIXED, LEARNED, learnedEvent, memoryStore } from '../fixtures.js';

const EVIL = '<script>alert("1")</script>\'"';

interface Site {
  readonly store: Store;
  get(path: string): Promise<{ readonly status: number; readonly body: string }>;
}

function siteOf(t: ExecutionContext, control?: { packs: PackInfo[]; processes: ProcessView[] }): Site {
  const store = memoryStore(t);
  const app = createWebApp({
    store,
    forwardStats: () => undefined,
    ready: () => true,
    hosts: { host: '127.0.0.1', allowedHosts: [] },
    control: control && {
      routes: new Hono(),
      packs: () => control.packs,
      processes: () => control.processes,
    },
    log: (line) => t.log(line),
  });
  return {
    store,
    async get(path) {
      const response = await app.request(`http://localhost${path}`, { headers: { host: 'localhost' } });
      return { status: response.status, body: await response.text() };
    },
  };
}

function count(body: string, pattern: RegExp): number {
  return body.match(new RegExp(pattern, 'g'))?.length ?? 0;
}

/** What every page must have, whatever it shows. */
function checkStructure(t: ExecutionContext, body: string): void {
  t.is(count(body, /<main id="main"/), 1);
  t.is(count(body, /<h1>/), 1);
  t.is(count(body, /<nav aria-label="Main">/), 1);
  t.is(count(body, /<header>/), 1);
  t.is(count(body, /<footer>/), 1);
  t.is(count(body, /<html lang="en">/), 1);
  t.regex(body, /<a class="skip" href="#main">/);
  t.is(count(body, /<table/), count(body, /<caption/), 'every table has a caption');
  t.is(
    count(body, /<th(?=[\s>])/),
    count(body, /<th [^>]*scope="(?:col|row)"/),
    'every heading cell has a scope',
  );
  t.notRegex(body, /\sstyle="|\son[a-z]+="|<style|<script(?! src="\/assets\/arc\.js" defer><\/script>)/);
  const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  t.is(new Set(ids).size, ids.length, 'ids are unique');
  for (const [, id] of body.matchAll(/aria-labelledby="([^"]+)"/g)) t.true(ids.includes(id), id);
}

const PROCESS: ProcessView = {
  uid: 'u',
  serviceName: EVIL,
  pid: 42,
  connected: true,
  transport: 'websocket',
  firstSeenAt: '2026-11-20T10:00:00Z',
  lastSeenAt: '2026-11-20T10:00:00Z',
  healthy: true,
  acceptsPacks: true,
  upToDate: true,
  packs: [{ name: 'fleet', status: 'failed', message: EVIL }],
  attributes: {},
};
const PACK: PackInfo = { name: 'fleet', version: '1', hash: 'ab'.repeat(32), patterns: 3, origin: 'control' };

test('pages: all have landmarks, captions, scopes and nothing inline, empty or full of hostile text', async (t) => {
  for (const full of [false, true]) {
    const site = siteOf(t, full ? { packs: [PACK], processes: [PROCESS] } : { packs: [], processes: [] });
    const span = callSpan(
      { ...FIXED, 'gen_ai.request.model': EVIL, 'error.type': EVIL, 'arc.pattern.id': EVIL, [EVIL]: EVIL },
      {
        name: EVIL,
        status: 'error',
        statusMessage: EVIL,
        events: [{ name: EVIL, timeUs: 1, attributes: { [EVIL]: EVIL } }],
        resource: { service: EVIL, attributes: { 'service.name': EVIL } },
      },
    );
    if (full) site.store.writeSpans([span]);
    const paths = ['/', '/failures', '/patterns', '/packs', '/processes'];
    if (full) paths.push(`/calls/${span.traceId}/${span.spanId}`, `/?model=${encodeURIComponent(EVIL)}`);
    for (const path of paths) {
      const { status, body } = await site.get(path);
      t.is(status, 200, path);
      checkStructure(t, body);
      if (full && path !== '/packs') t.regex(body, /&lt;script&gt;/, path);
    }
  }
});

test('pages: without a control channel packs and processes say so', async (t) => {
  const site = siteOf(t);
  for (const path of ['/packs', '/processes']) {
    const { status, body } = await site.get(path);
    t.is(status, 200);
    t.regex(body, /No control channel is configured/);
    checkStructure(t, body);
  }
});

test('/: an empty list says which command to run, an empty result offers the way back', async (t) => {
  const site = siteOf(t);
  t.regex((await site.get('/')).body, /node --require arc\/otel-register app\.js/);
  t.regex((await site.get('/?decision=fix')).body, /No call matches these filters/);
});

test('/: the form keeps what was chosen', async (t) => {
  const site = siteOf(t);
  site.store.writeSpans([callSpan(FIXED)]);
  const { body } = await site.get('/?decision=fix&q=gpt&model=gone');
  t.regex(body, /<option value="fix" selected>/);
  t.regex(body, /name="q"\s+value="gpt"/);
  t.regex(body, /<option value="gone" selected>/);
});

test('/: a bad filter is a page that names the field, with status 400', async (t) => {
  const { status, body } = await siteOf(t).get(`/?limit=${encodeURIComponent(EVIL)}`);
  t.is(status, 400);
  t.regex(body, /“limit” must be an integer from 1 to 500/);
  checkStructure(t, body);
});

test('/: more calls than a page holds are linked', async (t) => {
  const site = siteOf(t);
  site.store.writeSpans(Array.from({ length: 60 }, () => callSpan(FIXED)));
  const { body } = await site.get('/?decision=fix');
  const [, older = ''] = /<a href="([^"]+)" rel="next">Older/.exec(body) ?? [];
  const next = await site.get(older.replaceAll('&amp;', '&'));
  t.is(count(next.body, /<tr data-row/), 10);
  t.regex(next.body, />Newest</);
  t.notRegex(next.body, /id="live"/, 'an older page does not refresh');
});

test('/calls/…: shows what was asked beside what was sent, in words as well as colours', async (t) => {
  const site = siteOf(t);
  const changes = [
    { path: 'temperature', before: 0.95, after: 0.7 },
    { path: 'max_tokens', before: 300 },
  ];
  const span = callSpan({
    ...FIXED,
    'arc.request.changes': JSON.stringify(changes),
    'gen_ai.request.temperature': 0.7,
    'gen_ai.request.top_p': 0.5,
    'arc.match.duration': 0.00004,
  });
  site.store.writeSpans([span]);
  const { body } = await site.get(`/calls/${span.traceId}/${span.spanId}`);
  const flat = body.replace(/\s+/g, ' ');
  t.regex(flat, /<th scope="col">As written<\/th> <th scope="col">As sent<\/th>/);
  t.regex(
    flat,
    /<code>temperature<\/code>.*?−.*?before: .*?<code>0\.95<\/code>.*?\+.*?after: .*?<code>0\.7<\/code>/,
  );
  t.regex(flat, /<code>max_tokens<\/code>.*?<code>300<\/code>.*?absent/);
  t.regex(flat, /<code>top_p<\/code>.*?<code>0\.5<\/code>.*?unchanged/);
  t.is(count(flat, /<code>temperature<\/code>/), 1, 'a changed parameter is not listed as unchanged');
  t.regex(flat, /openai\.gpt-4\.high-temperature<\/a ?> v2/);
  t.regex(flat, /<dt>Confidence<\/dt> <dd>0\.97<\/dd>/);
  t.regex(flat, /<dt>Time Arc took to match<\/dt> <dd>40 µs<\/dd>/);
});

test('/calls/…: a call in shadow says that nothing was changed', async (t) => {
  const site = siteOf(t);
  const span = callSpan({ ...FIXED, 'arc.decision': 'shadow' });
  site.store.writeSpans([span]);
  const { body } = await site.get(`/calls/${span.traceId}/${span.spanId}`);
  t.regex(body, /As it would have been sent/);
  t.regex(body, /1 field would have been changed; nothing was/);
});

test('/calls/…: an unknown or malformed id is a page with status 404', async (t) => {
  const site = siteOf(t);
  for (const path of [`/calls/${'a'.repeat(32)}/${'b'.repeat(16)}`, '/calls/x/y', '/nowhere']) {
    const { status, body } = await site.get(path);
    t.is(status, 404, path);
    checkStructure(t, body);
  }
});

test('/patterns: counts what each did and links failures after a fix', async (t) => {
  const site = siteOf(t);
  site.store.writeSpans([callSpan(FIXED), callSpan({ ...FIXED, 'error.type': 'E' }, { status: 'error' })]);
  const { body } = await site.get('/patterns');
  t.regex(body, /href="\/\?pattern=openai\.gpt-4\.high-temperature&amp;decision=fix&amp;status=error"/);
});

test('/patterns: tells what was learned, from which refusal', async (t) => {
  const site = siteOf(t);
  t.false((await site.get('/patterns')).body.includes('Learned from refusals'));
  const call = callSpan({}, { events: [learnedEvent(LEARNED, EVIL)] });
  site.store.writeSpans([call]);
  const { body } = await site.get('/patterns');
  checkStructure(t, body);
  t.true(body.includes(`<a href="/calls/${call.traceId}/${call.spanId}">${LEARNED.id}</a>`));
  t.false(body.includes(EVIL));
});

test('/packs: counts the processes that run each', async (t) => {
  const running = { ...PROCESS, packs: [{ name: 'fleet', status: 'installed' as const, hash: PACK.hash }] };
  const { body } = await siteOf(t, { packs: [PACK], processes: [running, PROCESS] }).get('/packs');
  t.regex(body, /1 of 2/);
});

test('/assets: the files are served with their types, and only asked for when changed', async (t) => {
  const store = memoryStore(t);
  const parts = {
    store,
    forwardStats: () => undefined,
    ready: () => true,
    control: undefined,
    log: () => undefined,
  };
  const app = createWebApp({ ...parts, hosts: { host: '127.0.0.1', allowedHosts: [] } });
  for (const [name, type] of [
    ['arc.css', 'text/css'],
    ['arc.js', 'text/javascript'],
    ['arc.svg', 'image/svg+xml'],
  ]) {
    const url = `http://localhost/assets/${name}`;
    const first = await app.request(url, { headers: { host: 'localhost' } });
    t.is(first.status, 200);
    t.true(first.headers.get('content-type')?.startsWith(type ?? ''));
    const headers = { host: 'localhost', 'if-none-match': first.headers.get('etag') ?? '' };
    t.is((await app.request(url, { headers })).status, 304);
  }
});
