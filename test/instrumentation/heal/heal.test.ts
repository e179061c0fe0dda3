import test, { type ExecutionContext } from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { always, chat, eventOf, message, onStrict, type Body } from './strict-provider.js';

const { rig, strict, client, learnedIds, topPs } = onStrict();

/** One answer for the caller, one span, two requests, and none of it the next time. */
async function heals(
  t: ExecutionContext,
  run: () => PromiseLike<unknown>,
): Promise<ReadableSpan | undefined> {
  await run();
  t.deepEqual(topPs(), [0.5, undefined]);
  const [span, ...others] = rig().spans();
  t.is(others.length, 0);
  t.like(eventOf(span), {
    'arc.heal.outcome': 'healed',
    'arc.heal.status': 400,
    'arc.pattern.id': learnedIds()[0],
  });
  t.is(span?.status.code, 0);
  await run();
  t.is(strict.bodies.length, 3, 'the next is repaired before it leaves');
  t.is(strict.bodies[2]?.['top_p'], undefined);
  t.like(rig().spans()[0]?.attributes, { 'arc.decision': 'fix', 'arc.pattern.id': learnedIds()[0] });
  return span;
}

test.serial('heal: a refused call is repaired and sent once more in its span', async (t) => {
  const span = await heals(t, async () => {
    const { choices } = await client().chat.completions.create(chat);
    t.is(choices[0]?.message.content, 'Rhine');
  });
  t.is(span?.attributes['error.type'], undefined);
  t.is(span?.attributes['gen_ai.usage.output_tokens'], 1);
  const pattern = JSON.parse(String(eventOf(span)?.['arc.learned.pattern'])) as Body;
  t.like(pattern, {
    match: { model: 'house-1', api: 'openai.chat.completions' },
    fix: [{ unset: ['top_p'] }],
  });
  t.false(JSON.stringify(eventOf(span)).includes('river'));
  t.like(
    rig()
      .arc.packs.packs()
      .find(({ name }) => name === 'arc.learned'),
    { patterns: 1, origin: 'code' },
  );
});

test.serial('heal: withResponse, asResponse and _thenUnwrap see the second answer', async (t) => {
  const { data, response } = await client().chat.completions.create(chat).withResponse();
  t.is(data.object, 'chat.completion');
  t.is(response.status, 200);
  const raw = await client()
    .chat.completions.create({ ...chat, model: 'house-2' })
    .asResponse();
  t.is(((await raw.json()) as Body)['object'], 'chat.completion');
  const parsed = await client().chat.completions.parse({ ...chat, model: 'house-3' });
  t.is(parsed.choices[0]?.message.parsed, null);
  t.is(strict.bodies.length, 6);
  t.is(learnedIds().length, 3);
});

test.serial('heal: a stream that is refused before it starts', async (t) => {
  await heals(t, async () => {
    let said = '';
    for await (const part of await client().chat.completions.create({ ...chat, stream: true }))
      said += part.choices[0]?.delta.content ?? '';
    t.is(said, 'Rhine');
  });
});

test.serial("heal: Anthropic's SDK", async (t) => {
  const claude = rig().arc.wrap(rig().anthropic({ baseURL: strict.url }));
  await heals(t, () => claude.messages.create({ ...chat, max_tokens: 9 }));
});

test.serial('heal: fetch gives the second response, and the first where there is no remedy', async (t) => {
  const send = async (body: Body): Promise<Response> =>
    fetch(`${strict.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  await heals(t, async () => {
    const response = await send(chat);
    t.is(response.status, 200);
    t.is(((await response.json()) as Body)['object'], 'chat.completion');
  });
  strict.refuse = always;
  const refused = await send({ ...chat, model: 'house-2' });
  t.is(refused.status, 400);
  t.true(JSON.stringify(await refused.json()).includes('top_p'));
});

test.serial('heal: a remedy that is refused too: the first error, unchanged, and never again', async (t) => {
  strict.refuse = always;
  const error = await t.throwsAsync(async () => client().chat.completions.create(chat));
  t.true(error?.message.includes("'top_p'"));
  t.is(strict.bodies.length, 2);
  const [span] = rig().spans();
  t.like(eventOf(span), { 'arc.heal.outcome': 'refused' });
  t.is(span?.attributes['http.response.status_code'], 400);
  t.deepEqual(learnedIds(), []);
  await t.throwsAsync(async () => client().chat.completions.create(chat));
  t.is(strict.bodies.length, 3, 'what did not help is not tried again');
});

test.serial('heal: nothing for what names no remedy, has another status, or was given up', async (t) => {
  const refusals = [
    { status: 400, message: 'No.' },
    { status: 401, message: "Unsupported parameter: 'top_p'." },
    { status: 403, message: "Unsupported parameter: 'top_p'." },
    { status: 500, message: "Unsupported parameter: 'top_p'." },
  ];
  for (const refusal of refusals) {
    strict.refuse = () => refusal;
    await t.throwsAsync(async () => client().chat.completions.create(chat), { message: /No\.|top_p/ });
  }
  t.is(strict.bodies.length, refusals.length);
  const controller = new AbortController();
  strict.refuse = () => {
    controller.abort();
    return always();
  };
  await t.throwsAsync(async () => client().chat.completions.create(chat, { signal: controller.signal }));
  t.is(strict.bodies.length, refusals.length + 1);
});

test.serial("heal: the SDK's own retries go before and after", async (t) => {
  let failures = 1;
  strict.refuse = (body) =>
    failures-- > 0 ? { status: 503, message: 'busy' } : body['top_p'] === undefined ? undefined : always();
  await client({ maxRetries: 1 }).chat.completions.create(chat);
  t.deepEqual(topPs(), [0.5, 0.5, undefined]);
});

test.serial('heal: a hundred at once learn once', async (t) => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => client().chat.completions.create(chat)),
  );
  t.is(answers.length, 100);
  t.is(strict.bodies.length, 200);
  t.is(learnedIds().length, 1);
  const events = rig().spans().map(eventOf);
  t.is(events.filter((event) => event?.['arc.learned.pattern'] !== undefined).length, 1);
});

test.serial('heal: off, in shadow, and where it would lose something', async (t) => {
  for (const config of [{}, { heal: true, mode: 'shadow' as const }, { heal: true, minConfidence: 0.95 }]) {
    rig().arc.setConfig({ builtinPack: false, ...config });
    await t.throwsAsync(async () => client().chat.completions.create(chat));
  }
  rig().arc.setConfig({ builtinPack: false, heal: true });
  strict.refuse = (body) =>
    body['stop'] === undefined
      ? undefined
      : { status: 400, message: "Unsupported parameter: 'stop' is not supported with this model." };
  await t.throwsAsync(async () => client().chat.completions.create({ ...chat, stop: ['.'] }));
  t.is(strict.bodies.length, 4);
  rig().arc.setConfig({ builtinPack: false, heal: true, lossy: true });
  await client().chat.completions.create({ ...chat, stop: ['.'] });
  t.is(strict.bodies.length, 6);
});

test.serial('heal: what the caller holds is not written to', async (t) => {
  const frozen = Object.freeze({
    ...chat,
    messages: Object.freeze([...chat.messages]) as typeof chat.messages,
  });
  await client().chat.completions.create(frozen);
  t.is(frozen.top_p, 0.5);
});

test.serial('heal: what one copy of an SDK learned, another knows', async (t) => {
  await client().chat.completions.create(chat);
  const { OpenAI } = await import('openai'); // the ES module copy
  const other = new OpenAI({ apiKey: 'none', baseURL: `${strict.url}/v1`, maxRetries: 0 });
  rig().arc.wrap(other);
  await other.chat.completions.create(chat);
  t.deepEqual(topPs(), [0.5, undefined, undefined]);
});

test.serial('heal: a plain promise of an SDK without an APIPromise', async (t) => {
  const made: Body[] = [];
  class Messages {
    async create(body: Body): Promise<unknown> {
      made.push(body);
      if (body['top_p'] === undefined) return message;
      throw Object.assign(new Error('400 `top_p` is deprecated for this model.'), { status: 400 });
    }
  }
  const claude = rig().arc.wrap({ messages: new Messages(), completions: {}, beta: {} });
  t.is(await claude.messages.create({ ...chat, max_tokens: 9 }), message);
  t.is(made.length, 2);
});
