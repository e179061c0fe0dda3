import { request } from 'node:http';
import test from 'ava';
import type { Core } from '../../../collector/main.js';
import { startCore } from '../../../collector/main.js';
import { startTestCore, testOptions } from '../fixtures.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** `fetch` sets Host and Origin itself; a plain request sends what it is told. */
function send(core: Core, path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: core.ports.web, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    call.on('error', reject);
    call.end();
  });
}

test('checkHost: this machine’s names pass, others are refused on pages and API alike', async (t) => {
  const core = await startTestCore(t);
  const port = core.ports.web;
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST']) {
    t.is((await send(core, '/api/calls', { host })).status, 200, host);
  }
  for (const host of [
    `evil.example:${port}`,
    'localhost.evil.example',
    '10.0.0.1',
    `localhost@evil.example`,
  ]) {
    for (const path of ['/', '/api/calls', '/assets/arc.js']) {
      const { status, body } = await send(core, path, { host });
      // What is no host at all is refused by the HTTP server already.
      if (host.includes('@')) t.is(status, 400, host);
      else t.is(status, 403, host);
      if (status === 403) t.like(JSON.parse(body), { error: { code: 'host_not_allowed', field: 'host' } });
    }
  }
});

test('checkHost: listening everywhere takes addresses and the names given, no others', async (t) => {
  const core = await startTestCore(t, { host: '0.0.0.0', allowedHosts: 'core.internal' });
  for (const host of ['10.1.2.3:8080', 'core.internal:8080', 'localhost']) {
    t.is((await send(core, '/healthz', { host })).status, 200, host);
  }
  t.is((await send(core, '/healthz', { host: 'evil.example' })).status, 403);
});

test('checkOrigin: writes of other origins are refused, those of programs and of the page itself pass', async (t) => {
  const core = await startCore(testOptions());
  t.teardown(() => core.close());
  const host = `127.0.0.1:${core.ports.web}`;
  const remove = (headers: Record<string, string>) =>
    send(core, '/api/packs/none', { host, ...headers }, 'DELETE');
  t.is((await remove({})).status, 404, 'a program');
  t.is((await remove({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).status, 404, 'the page');
  t.is((await remove({ origin: 'https://evil.example' })).status, 403);
  t.is((await remove({ origin: 'null' })).status, 403);
  t.is((await remove({ 'sec-fetch-site': 'cross-site' })).status, 403);
  t.is((await send(core, '/api/packs', { host, origin: 'https://evil.example' })).status, 200, 'a read');
});

test('securityHeaders: every answer carries them, errors included', async (t) => {
  const core = await startTestCore(t);
  for (const path of [
    '/',
    '/api/calls',
    '/assets/arc.css',
    '/nowhere',
    '/api/nowhere',
    '/api/calls?limit=x',
  ]) {
    const { headers } = await send(core, path, { host: 'localhost' });
    const policy = String(headers['content-security-policy']);
    t.regex(policy, /default-src 'none'/, path);
    t.regex(policy, /frame-ancestors 'none'/, path);
    t.notRegex(policy, /unsafe/, path);
    t.is(headers['x-content-type-options'], 'nosniff', path);
    t.is(headers['referrer-policy'], 'no-referrer', path);
  }
});

test('errors: a failing store is a JSON 500 on the API and a page elsewhere, without the reason', async (t) => {
  const lines: string[] = [];
  const core = await startTestCore(
    t,
    {},
    {
      log: (line) => lines.push(line),
      wrapStore: (store) => ({
        ...store,
        listCalls() {
          throw new Error('secret detail');
        },
      }),
    },
  );
  const api = await send(core, '/api/calls', { host: 'localhost' });
  t.is(api.status, 500);
  t.like(JSON.parse(api.body), { error: { code: 'internal' } });
  const page = await send(core, '/', { host: 'localhost' });
  t.is(page.status, 500);
  t.regex(page.body, /<h1>/);
  t.notRegex(api.body + page.body, /secret detail/);
  t.is(lines.filter((line) => line.includes('secret detail')).length, 2);
});
