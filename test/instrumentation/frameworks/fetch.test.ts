import test from 'ava';
import { createRig, type Rig } from '../../helpers/rig.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { chat, FETCH_CASES, HEADERS, readAll, streamed, type Post } from './fetch-cases.js';

function normalise(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\\?"(id|created|system_fingerprint)\\?":(\\?"[^"\\]*\\?"|\d+)/g, '$1')
    .replace(/req_\w+/g, 'req_*');
}

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.after.always(() => rig.close());

const post: Post = (body, init) =>
  fetch(`${rig.models.openaiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(body),
    ...init,
  });

function endedSpans() {
  return waitUntil('the span to end', () => {
    const seen = rig.spans();
    return seen.length > 0 && seen;
  });
}

for (const { name, run, spans, tokens } of FETCH_CASES) {
  test.serial(`fetch: ${name} is the same with and without Arc`, async (t) => {
    rig.arc.disable();
    const before = rig.models.requests.length;
    const bare = await run(post);
    const between = rig.models.requests.length;
    rig.arc.enable();
    rig.spans();
    const under = await run(post);

    t.is(normalise(under), normalise(bare));
    t.deepEqual(
      rig.models.requests.slice(between).map(({ rawBody }) => rawBody),
      rig.models.requests.slice(before, between).map(({ rawBody }) => rawBody),
    );
    const ended = await endedSpans();
    t.is(ended.length, spans);
    for (const { attributes } of ended)
      t.is(typeof attributes['gen_ai.usage.output_tokens'] === 'number', tokens);
    t.is(rig.arc.counters.errors, 0);
  });
}

test.serial('fetch: a repaired body goes out, with its length, and the caller keeps its own', async (t) => {
  rig.arc.enable();
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4-hot', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
  });
  rig.spans();
  const body = JSON.stringify({ ...chat, model: 'gpt-4-hot', temperature: 1.25 });
  const headers = new Headers({ ...HEADERS, 'Content-Length': String(body.length) });
  const init = Object.freeze({ method: 'post', headers, body });
  const response = await fetch(new URL(`${rig.models.openaiBaseUrl}/chat/completions?api-version=1`), init);
  await response.json();

  t.is(init.body, body);
  t.is(headers.get('content-length'), String(body.length));
  const { rawBody } = rig.models.requests.at(-1) ?? {};
  t.is(rawBody, JSON.stringify({ ...chat, model: 'gpt-4-hot', temperature: 0.7 }));
  const [span] = await endedSpans();
  t.is(span?.attributes['arc.decision'], 'fix');
  t.is(span?.attributes['arc.request.original.temperature'], 1.25);
  t.is(span?.attributes['gen_ai.provider.name'], 'openai');
  t.is(span?.attributes['server.port'], Number(new URL(rig.models.url).port));
});

test.serial('fetch: a repair changes no number but its own, however large', async (t) => {
  rig.arc.enable();
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4-exact', temperature: { '>': 1 } },
    fix: { temperature: 0.7 },
  });
  const sent = (temperature: string): string =>
    `{"model":"gpt-4-exact","messages":[{"role":"user","content":"Hi"}],"temperature":${temperature},` +
    '"metadata":{"id":12345678901234567890,"share":1.0}}';
  const init = { method: 'POST', headers: HEADERS, body: sent('1.25') };
  await (await fetch(`${rig.models.openaiBaseUrl}/chat/completions`, init)).text();
  t.is(rig.models.requests.at(-1)?.rawBody, sent('0.7'));
});

test.serial('fetch: a refusal is a failed call with the status and the words of the provider', async (t) => {
  rig.arc.enable();
  rig.spans();
  const response = await post({ ...chat, n: -1 });
  await response.text();
  const [span] = await endedSpans();
  t.is(span?.attributes['error.type'], '400');
  t.is(span?.attributes['http.response.status_code'], 400);
  t.regex(span?.status.message ?? '', /^400 .*n/);
});

test.serial('fetch: an error event in a stream is a failed call', async (t) => {
  rig.arc.enable();
  rig.spans();
  await readAll(await post({ ...streamed, messages: [{ role: 'user', content: '[model-server fail=1]' }] }));
  const [span] = await endedSpans();
  t.is(span?.attributes['error.type'], 'server_error');
});

test.serial('fetch: leaving a stream ends the HTTP request', async (t) => {
  rig.arc.enable();
  const response = await post({
    ...streamed,
    messages: [{ role: 'user', content: 'Hi [model-server stream=endless]' }],
  });
  for await (const _ of response.body ?? []) break;
  await waitUntil('the server to see the client leave', () => rig.models.requests.at(-1)?.aborted === true);
  t.pass();
});

test.serial('fetch: an Anthropic message is recognised by its path and body', async (t) => {
  rig.arc.enable();
  rig.spans();
  const response = await fetch(`${rig.models.anthropicBaseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'none', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ ...chat, model: 'claude-sonnet-4-6', max_tokens: 32, stream: true }),
  });
  await readAll(response);
  const [span] = await endedSpans();
  t.is(span?.attributes['arc.api'], 'anthropic.messages');
  t.is(span?.attributes['gen_ai.provider.name'], 'anthropic');
  t.true(Number(span?.attributes['gen_ai.usage.output_tokens']) > 0);
  t.true(Number(span?.attributes['gen_ai.response.time_to_first_chunk']) > 0);
});

test.serial('fetch: a call an SDK makes has one span, that of the SDK', async (t) => {
  rig.arc.enable();
  const client = rig.openai();
  rig.spans();
  await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] });
  t.is(rig.spans().length, 1);
});

test.serial('fetch: a response nobody reads ends its span', async (t) => {
  t.truthy(globalThis.gc, 'the tests run with --expose-gc');
  rig.arc.enable();
  rig.spans();
  await drop(chat);
  await drop(streamed);
  const ended: unknown[] = [];
  await waitUntil('both spans to end', () => {
    globalThis.gc?.();
    ended.push(...rig.spans().map(({ attributes }) => attributes['gen_ai.response.finish_reasons']));
    return ended.length >= 2;
  });
  t.deepEqual(ended, [['error'], ['error']]);
});

test.serial('fetch: a body outlives its response, read or not', async (t) => {
  rig.arc.enable();
  rig.spans();
  const reader = await bodyAlone();
  for (let round = 0; round < 20; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve)); // where Node tells of what was collected
  }
  let length = 0;
  for (let step = await reader?.read(); step?.value; step = await reader?.read()) length += step.value.length;
  t.true(length > 0);
  const [span] = await endedSpans();
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['stop']);
});

async function bodyAlone(): Promise<ReadableStreamDefaultReader<Uint8Array> | undefined> {
  return (await post(chat)).body?.getReader();
}

/** A function of its own, so that nothing of the response stays in the frame of the test. */
async function drop(body: unknown): Promise<number> {
  return (await post(body)).status;
}

test.serial('fetch: nothing of a stream is read before it is asked for', async (t) => {
  rig.arc.enable();
  const response = await post({
    ...streamed,
    messages: [{ role: 'user', content: 'Hi [model-server pause=40]' }],
  });
  rig.spans();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  t.false(first?.done);
  t.deepEqual(rig.spans(), [], 'the first bytes arrive while the rest is still to come');
  while ((await reader?.read())?.done === false);
  t.is((await endedSpans()).length, 1);
});

const foreign: readonly (readonly [name: string, path: string, init: RequestInit])[] = [
  ['a GET', '/v1/chat/completions', {}],
  ['another path', '/v1/files', { method: 'POST', body: JSON.stringify(chat) }],
  ['a path below', '/v1/messages/batches', { method: 'POST', body: JSON.stringify(chat) }],
  ['no JSON', '/v1/chat/completions', { method: 'POST', body: 'model=gpt-4o' }],
  ['broken JSON', '/v1/chat/completions', { method: 'POST', body: '{"model":' }],
  ['a thread message', '/v1/threads/t/messages', { method: 'POST', body: '{"role":"user","content":"Hi"}' }],
  ['a survey', '/v1/surveys/s/responses', { method: 'POST', body: '{"answers":[1]}' }],
  ['bytes', '/v1/chat/completions', { method: 'POST', body: Buffer.from(JSON.stringify(chat)) }],
  [
    'a signed body',
    '/v1/chat/completions',
    { method: 'POST', body: JSON.stringify(chat), headers: { 'X-Amz-Content-Sha256': 'e3b0' } },
  ],
];
for (const [name, path, init] of foreign) {
  test.serial(`fetch: ${name} is left alone`, async (t) => {
    rig.arc.enable();
    rig.spans();
    const { intercepted } = rig.arc.counters;
    const response = await fetch(`${rig.models.url}${path}`, init);
    t.false(Object.hasOwn(response, 'json'));
    await response.text();
    t.is(rig.arc.counters.intercepted, intercepted);
    t.deepEqual(rig.spans(), []);
  });
}

test.serial('fetch: disabling puts back what was there, and spares what was put there since', (t) => {
  rig.arc.disable();
  const bare = globalThis.fetch;
  rig.arc.enable();
  const patched = globalThis.fetch;
  t.not(patched, bare);
  t.is(patched.name, bare.name);
  t.is(patched.length, bare.length);
  rig.arc.disable();
  t.is(globalThis.fetch, bare);

  rig.arc.enable();
  const later: typeof fetch = (input, init) => patched(input, init);
  globalThis.fetch = later;
  rig.arc.disable();
  t.is(globalThis.fetch, later);
  globalThis.fetch = bare;
});

test.serial('fetch: nothing is patched while Arc is disabled', async (t) => {
  rig.arc.disable();
  rig.spans();
  await (await post(chat)).text();
  t.deepEqual(rig.spans(), []);
});
