import test from 'ava';
import { chat, eventOf, noTopP, onStrict, type Body } from './strict-provider.js';

const { rig, strict, client, learnedIds, topPs } = onStrict();

const busy = { status: 503, message: 'busy' };

test.serial(
  'heal: never an answer that has begun, a timeout, or a refusal that is none of the form',
  async (t) => {
    const named = "Unsupported parameter: 'top_p' is not supported with this model.";
    strict.refuse = () => ({ status: 200, message: named });
    await t.throwsAsync(async () => {
      for await (const part of await client().chat.completions.create({ ...chat, stream: true }))
        t.truthy(part);
    });
    t.deepEqual(topPs(), [0.5]);
    strict.refuse = () => ({ status: 0, message: '' });
    await t.throwsAsync(async () => client({ timeout: 50 }).chat.completions.create(chat), {
      message: /timed out/,
    });
    t.is(topPs().length, 2);
    for (const status of [402, 409, 429, 502, 504]) {
      strict.refuse = () => ({ status, message: named });
      await t.throwsAsync(async () => client().chat.completions.create(chat));
    }
    t.is(topPs().length, 7);
    t.deepEqual(learnedIds(), []);
  },
);

test.serial('heal: an abort during the second attempt gives the error of an abort', async (t) => {
  const controller = new AbortController();
  strict.refuse = (body) => {
    if (body['top_p'] !== undefined) return noTopP(body);
    controller.abort();
    return { status: 0, message: '' };
  };
  const { signal } = controller;
  const error = await t.throwsAsync(async () => client().chat.completions.create(chat, { signal }));
  t.is(error?.constructor.name, 'APIUserAbortError');
  t.deepEqual(topPs(), [0.5, undefined]);
  t.deepEqual(learnedIds(), []);
  const [span] = rig().spans();
  t.is(span?.attributes['error.type'], 'APIUserAbortError');
  t.is(eventOf(span), undefined);
  strict.refuse = noTopP;
  await client().chat.completions.create(chat);
  t.is(learnedIds().length, 1, 'an abort says nothing of the remedy');
});

test.serial('heal: fetch, aborted during the second attempt or before it', async (t) => {
  const send = async (signal: AbortSignal): Promise<Response> =>
    fetch(`${strict.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(chat), signal });
  const during = new AbortController();
  strict.refuse = (body) => {
    if (body['top_p'] !== undefined) return noTopP(body);
    during.abort();
    return { status: 0, message: '' };
  };
  await t.throwsAsync(send(during.signal), { name: 'AbortError' });
  t.deepEqual(topPs(), [0.5, undefined]);
});

test.serial(
  'heal: where the second attempt fails for reasons of its own, the first error, and no verdict',
  async (t) => {
    const first = Object.assign(new Error('400 `top_p` is deprecated for this model.'), { status: 400 });
    const seconds: readonly Error[] = [
      Object.assign(new Error('503 busy'), { status: 503 }),
      new TypeError('fetch failed'),
    ];
    const made: Body[] = [];
    class Messages {
      async create(body: Body): Promise<unknown> {
        made.push(body);
        throw body['top_p'] === undefined ? seconds[Math.floor((made.length - 1) / 2)] : first;
      }
    }
    const claude = rig().arc.wrap({ messages: new Messages(), completions: {}, beta: {} });
    for (const _ of seconds) {
      const error = await t.throwsAsync(claude.messages.create({ ...chat, max_tokens: 9 }));
      t.is(error, first, 'the same object');
    }
    t.is(made.length, 4, 'it was tried both times');
    for (const span of rig().spans()) {
      t.like(eventOf(span), { 'arc.heal.outcome': 'failed', 'arc.heal.status': 400 });
      t.is(span.attributes['http.response.status_code'], 400);
    }
  },
);

test.serial('heal: the SDK retries the second attempt as it would any other, and no more', async (t) => {
  let failures = 1;
  strict.refuse = (body) => noTopP(body) ?? (failures-- > 0 ? busy : undefined);
  await client({ maxRetries: 1 }).chat.completions.create(chat);
  t.deepEqual(topPs(), [0.5, undefined, undefined]);
  strict.refuse = (body) => noTopP(body) ?? busy;
  const error = await t.throwsAsync(async () =>
    client({ maxRetries: 1 }).chat.completions.create({ ...chat, model: 'house-2' }),
  );
  t.true(error?.message.includes("'top_p'"), 'the first error');
  t.deepEqual(topPs().slice(3), [0.5, undefined, undefined]);
});

test.serial(
  'heal: of two faults one call learns one, the next the other, and the third has neither',
  async (t) => {
    strict.refuse = (body) =>
      noTopP(body) ??
      (body['temperature'] === undefined
        ? undefined
        : { status: 400, message: "Unsupported parameter: 'temperature' is not supported with this model." });
    const both = { ...chat, temperature: 0.2 };
    const error = await t.throwsAsync(async () => client().chat.completions.create(both));
    t.true(error?.message.includes("'top_p'"));
    t.like(eventOf(rig().spans()[0]), { 'arc.heal.outcome': 'refused' });
    t.is(learnedIds().length, 1);
    await client().chat.completions.create(both);
    t.is(learnedIds().length, 2);
    await client().chat.completions.create(both);
    t.deepEqual(
      strict.bodies.map((body) => [body['top_p'], body['temperature']]),
      [
        [0.5, 0.2],
        [undefined, 0.2],
        [undefined, 0.2],
        [undefined, undefined],
        [undefined, undefined],
      ],
    );
  },
);

test.serial('heal: a remedy that another refusal takes back is none', async (t) => {
  const needed = { status: 400, message: "Missing required parameter: 'top_p'." };
  strict.refuse = (body) => noTopP(body) ?? needed;
  await t.throwsAsync(async () => client().chat.completions.create(chat), { message: /not supported/ });
  t.deepEqual(learnedIds(), []);
});

test.serial('heal: the span tells what was sent last, and why', async (t) => {
  strict.refuse = ({ temperature }) =>
    Number(temperature) > 1
      ? { status: 400, message: "Invalid 'temperature': must be <= 1. Key: sk-proj-abcdefghijklmnopqrstuv." }
      : undefined;
  await client().chat.completions.create({ model: 'house-1', messages: chat.messages, temperature: 1.5 });
  const [span] = rig().spans();
  t.is(span?.attributes['gen_ai.request.temperature'], 1);
  const said = String(eventOf(span)?.['arc.heal.message']);
  t.true(said.includes('must be <= 1'));
  t.false(said.includes('sk-proj'));
});

test.serial(
  'heal: a tool that a remedy renames is called by its own name; not so by bare fetch',
  async (t) => {
    const pattern = '^[a-zA-Z0-9_-]+$';
    const nameOf = ({ tools }: Body): string =>
      (tools as readonly { readonly function: { readonly name: string } }[])[0]?.function.name ?? '';
    strict.refuse = (body) => {
      const name = nameOf(body);
      const call = { id: 'c', type: 'function', function: { name, arguments: '{}' } };
      const answered = { role: 'assistant', content: null, tool_calls: [call] };
      strict.said = {
        ...strict.said,
        choices: [{ index: 0, finish_reason: 'tool_calls', message: answered }],
      };
      if (new RegExp(pattern).test(name)) return undefined;
      const message = `Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '${pattern}'.`;
      return { status: 400, message };
    };
    const tool = {
      type: 'function' as const,
      function: { name: 'rivers.find', parameters: { type: 'object' } },
    };
    const body = { model: 'house-1', messages: chat.messages, tools: [tool] };
    const response = await fetch(`${strict.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    t.is(response.status, 400);
    t.is(strict.bodies.length, 1);
    for (const _ of ['healed', 'repaired']) {
      const { choices } = await client().chat.completions.create(body);
      const [call] = choices[0]?.message.tool_calls ?? [];
      t.is(call?.type === 'function' && call.function.name, 'rivers.find');
    }
    t.deepEqual(
      strict.bodies
        .map(nameOf)
        .slice(1)
        .map((name) => name.includes('.')),
      [true, false, false],
    );
  },
);
