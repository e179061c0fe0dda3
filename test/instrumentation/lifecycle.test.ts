import test from 'ava';
import type { OpenAI } from 'openai';
import { ArcInstrumentation, wrap } from '../../src/index.js';
import { createRig, type Rig } from '../helpers/rig.js';
import { waitUntil } from '../helpers/wait-until.js';

const user = [{ role: 'user' as const, content: 'Name a river.' }];
const hot = { model: 'gpt-4', messages: user, temperature: 0.95 };

let rig: Rig;
test.before(async () => {
  rig = await createRig();
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

/** A client whose prototype the test may look at. */
function completionsOf(client: OpenAI): { create: unknown } {
  return Object.getPrototypeOf(client.chat.completions) as { create: unknown };
}

async function temperatureSent(client: OpenAI): Promise<unknown> {
  await client.chat.completions.create(hot);
  return (rig.models.requests.at(-1)?.body as { temperature: unknown }).temperature;
}

test.serial('disable: the original method is back on the prototype, and enable patches again', async (t) => {
  const client = rig.openai();
  const prototype = completionsOf(client);
  const patched = prototype.create;
  rig.arc.disable();
  const original = prototype.create;
  t.not(original, patched);
  t.is(await temperatureSent(client), 0.95);
  t.is(rig.spans().length, 0);
  rig.arc.enable();
  t.not(prototype.create, original);
  t.is(await temperatureSent(client), 0.7);
  rig.arc.disable();
  t.is(prototype.create, original);
});

test.serial('two instrumentations: one call has one span and one repair', async (t) => {
  const second = new ArcInstrumentation({ controlUrl: 'none' });
  t.is(await temperatureSent(rig.openai()), 0.7);
  t.is(rig.spans().length, 1);
  second.disable();
});

test.serial('wrap: a client made before Arc is repaired, and comes back as itself', async (t) => {
  rig.arc.disable();
  const client = rig.openai();
  rig.arc.enable();
  t.is(rig.arc.wrap(client), client);
  t.is(await temperatureSent(client), 0.7);
  t.is(rig.spans().length, 1);
});

test.serial('wrap: what is no client is refused with what was expected', (t) => {
  const error = t.throws(() => wrap({ not: 'a client' }), { instanceOf: TypeError });
  t.regex(error.message, /^wrap: expected a client of openai, @anthropic-ai\/sdk.*, received Object$/);
});

test.serial('sdks: every loaded copy is listed with its patch state', (t) => {
  rig.openai();
  rig.anthropic();
  const listed = rig.arc.sdks().filter(({ format }) => format === 'cjs');
  t.deepEqual(
    listed.map(({ module, support }) => ({ module, support })),
    [
      { module: 'openai', support: 'tested' },
      { module: '@anthropic-ai/sdk', support: 'tested' },
    ],
  );
  t.true(listed.every(({ targets }) => targets.every(({ patched }) => patched)));
});

test.serial('a stream left by break: the HTTP request is aborted and the span ends', async (t) => {
  const stream = await rig.openai().chat.completions.create({
    ...hot,
    messages: [{ role: 'user', content: '[model-server stream=endless]' }],
    stream: true,
  });
  for await (const _chunk of stream) break;
  const request = rig.models.requests.at(-1);
  t.true(await waitUntil('the server to see the abort', () => request?.aborted));
  const [span] = rig.spans();
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['error']);
});

test.serial('a stream aborted by its controller before it is read: the span ends', async (t) => {
  const stream = await rig.openai().chat.completions.create({
    ...hot,
    messages: [{ role: 'user', content: '[model-server stream=endless]' }],
    stream: true,
  });
  stream.controller.abort();
  await waitUntil('the span to end', () => rig.spans().length === 1);
  t.pass();
});

test.serial('a stream that is cut: the error reaches the reader and the span fails', async (t) => {
  const stream = await rig.openai().chat.completions.create({
    ...hot,
    messages: [{ role: 'user', content: '[model-server cut=2]' }],
    stream: true,
  });
  await t.throwsAsync(async () => {
    for await (const _chunk of stream);
  });
  const [span] = rig.spans();
  t.is(span?.status.code, 2);
});

test.serial('a stream nobody reads: the span ends when the stream is collected', async (t) => {
  t.truthy(globalThis.gc, 'the tests run with --expose-gc');
  await dropStream();
  await waitUntil('the span to end', () => {
    globalThis.gc?.();
    return rig.spans().length === 1;
  });
});

async function dropStream(): Promise<void> {
  await rig.openai().chat.completions.create({ ...hot, stream: true });
}

test.serial('a stream that is being read is not taken for dropped', async (t) => {
  const content = '[model-server pause=20]';
  const iterator = (
    await rig
      .openai()
      .chat.completions.create({ ...hot, messages: [{ role: 'user', content }], stream: true })
  )[Symbol.asyncIterator]();
  let chunks = 0;
  for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
    globalThis.gc?.();
    t.is(rig.spans().length, 0);
    chunks += 1;
  }
  t.true(chunks > 1);
  t.is(rig.spans().length, 1);
});

test.serial('concurrent calls: each has its own span and its own repair', async (t) => {
  const client = rig.openai();
  const temperatures = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 0.95 : index / 1000));
  const before = rig.models.requests.length;
  await Promise.all(
    temperatures.map((temperature, index) =>
      client.chat.completions.create({ ...hot, temperature, seed: index }),
    ),
  );
  const sent = rig.models.requests
    .slice(before)
    .map(({ body }) => body as { temperature: number; seed: number });
  for (const { temperature, seed } of sent) t.is(temperature, seed % 2 === 0 ? 0.7 : seed / 1000);
  const spans = rig.spans();
  t.is(spans.length, 300);
  for (const { attributes } of spans) {
    t.is(attributes['arc.decision'], Number(attributes['gen_ai.request.seed']) % 2 === 0 ? 'fix' : 'pass');
  }
});
