import test from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createRig, type Rig } from '../helpers/rig.js';

const user = [{ role: 'user' as const, content: 'Name a river.' }];
const hot = { model: 'gpt-4', messages: user, temperature: 0.95 };
const rule = { pattern: { model: 'gpt-4', temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } };

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({ ...rule, id: 'test.hot' });
});
test.beforeEach(() => {
  rig.arc.setConfig({ builtinPack: false });
  rig.spans();
});
test.after.always(() => rig.close());

/** Sends the hot request and returns the body the server got and the span. */
async function send(
  params: Parameters<ReturnType<Rig['openai']>['chat']['completions']['create']>[0] = hot,
): Promise<{ body: Body; span: ReadableSpan }> {
  await rig.openai().chat.completions.create(params);
  const [span] = rig.spans();
  if (!span) throw new Error('the call left no span');
  return { body: rig.models.requests.at(-1)?.body as Body, span };
}
type Body = Readonly<Record<string, unknown>>;

test.serial('repair: the demonstration leaves with temperature 0.7, and the span says so', async (t) => {
  const { body, span } = await send();
  t.is(body['temperature'], 0.7);
  t.like(span.attributes, {
    'gen_ai.request.temperature': 0.7,
    'arc.decision': 'fix',
    'arc.pattern.id': 'test.hot',
    'arc.pattern.version': 1,
    'arc.pattern.confidence': 1,
    'arc.request.original.temperature': 0.95,
    'arc.request.changes': '[{"path":"temperature","before":0.95,"after":0.7}]',
  });
  t.deepEqual(span.attributes['arc.fix.fields'], ['temperature']);
});

test.serial("repair: the caller's object is not written to, frozen or not", async (t) => {
  const frozen = Object.freeze({ ...hot, messages: Object.freeze([...user]) as typeof user });
  const { body } = await send(frozen);
  t.is(body['temperature'], 0.7);
  t.is(frozen.temperature, 0.95);
});

test.serial('repair: a stream is repaired as well and stays a stream', async (t) => {
  const stream = await rig.openai().chat.completions.create({ ...hot, stream: true });
  let chunks = 0;
  for await (const _chunk of stream) chunks += 1;
  t.true(chunks > 1);
  t.is((rig.models.requests.at(-1)?.body as Body)['temperature'], 0.7);
  const [span] = rig.spans();
  t.true((span?.attributes['gen_ai.response.time_to_first_chunk'] as number) > 0);
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['stop']);
});

test.serial('mode shadow: the original leaves, the span says what would have been done', async (t) => {
  rig.arc.setConfig({ builtinPack: false, mode: 'shadow' });
  const { body, span } = await send();
  t.is(body['temperature'], 0.95);
  t.like(span.attributes, {
    'arc.decision': 'shadow',
    'gen_ai.request.temperature': 0.95,
    'arc.pattern.id': 'test.hot',
  });
  t.is(span.attributes['arc.request.original.temperature'], undefined);
});

test.serial('mode off: the original leaves, with a span', async (t) => {
  rig.arc.setConfig({ builtinPack: false, mode: 'off' });
  const { body, span } = await send();
  t.is(body['temperature'], 0.95);
  t.like(span.attributes, { 'arc.decision': 'bypass', 'arc.bypass.reason': 'disabled' });
});

test.serial('setConfig: a bad value is refused with its name and the options in force stay', (t) => {
  const error = t.throws(() => rig.arc.setConfig({ minConfidence: 7 }));
  t.is(error.message, 'minConfidence: must be a number from 0 to 1, received 7');
  t.is(rig.arc.options.options.minConfidence, 0.8);
});

test.serial('minConfidence: a pattern below the floor does not act', async (t) => {
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4o' },
    fix: { temperature: 0 },
    id: 'test.unsure',
    confidence: 0.5,
  });
  const { body, span } = await send({ model: 'gpt-4o', messages: user });
  t.is(body['temperature'], undefined);
  t.like(span.attributes, { 'arc.decision': 'bypass', 'arc.bypass.reason': 'low_confidence' });
});

test.serial('expires: a pattern past its time does not act', async (t) => {
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4.1' },
    fix: { temperature: 0 },
    id: 'test.expired',
    expires: '2020-01-01T00:00:00Z',
  });
  const { body, span } = await send({ model: 'gpt-4.1', messages: user });
  t.is(body['temperature'], undefined);
  t.is(span.attributes['arc.decision'], 'pass');
});

test.serial('hostile parameters: a getter that throws goes out as it is and is counted', async (t) => {
  const errorsBefore = rig.arc.counters.errors;
  const params = { model: 'gpt-4', messages: user, temperature: 0.95 };
  let reads = 0;
  Object.defineProperty(params, 'temperature', {
    enumerable: true,
    get() {
      reads += 1;
      if (reads === 1) throw new Error('not now');
      return 0.95;
    },
  });
  const { body, span } = await send(params);
  t.is(body['temperature'], 0.95);
  t.like(span.attributes, { 'arc.decision': 'bypass', 'arc.bypass.reason': 'error' });
  t.is(span.events[0]?.name, 'arc.error');
  t.is(rig.arc.counters.errors, errorsBefore + 1);
  t.is(await rig.metric('arc.errors'), rig.arc.counters.errors);
});

test.serial('hostile parameters: a cyclic body fails as the SDK fails on it', async (t) => {
  const cyclic: { model: string; messages: typeof user; metadata: Record<string, unknown> } = {
    model: 'gpt-4',
    messages: user,
    metadata: {},
  };
  cyclic.metadata['self'] = cyclic;
  rig.arc.disable();
  const bare = await t.throwsAsync(async () => rig.openai().chat.completions.create(cyclic as never));
  rig.arc.enable();
  const under = await t.throwsAsync(async () => rig.openai().chat.completions.create(cyclic as never));
  t.is(under.constructor, bare.constructor);
  t.is(under.message, bare.message);
  t.is(rig.spans().length, 1);
});

test.serial('hostile parameters: null instead of parameters fails as the SDK fails on it', async (t) => {
  rig.arc.disable();
  const bare = await t.throwsAsync(async () => rig.openai().chat.completions.create(null as never));
  rig.arc.enable();
  const under = await t.throwsAsync(async () => rig.openai().chat.completions.create(null as never));
  t.is(under.message, bare.message);
});

test.serial('answer of null content with tool calls: nothing is thrown and tokens are counted', async (t) => {
  const { span } = await send({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: '[model-server content=null]' }],
    temperature: 0,
  });
  t.is(typeof span.attributes['gen_ai.usage.output_tokens'], 'number');
});

test.serial('content: no prompt or answer is on the span unless it is asked for', async (t) => {
  const secret = [{ role: 'user' as const, content: 'my secret plan' }];
  const { span } = await send({ ...hot, messages: secret });
  t.notRegex(JSON.stringify(span.attributes), /secret plan/);
  rig.arc.setConfig({ builtinPack: false, captureContent: true });
  const { span: open } = await send({ ...hot, messages: secret });
  t.is(
    open.attributes['gen_ai.input.messages'],
    '[{"role":"user","parts":[{"type":"text","content":"my secret plan"}]}]',
  );
  t.regex(String(open.attributes['gen_ai.output.messages']), /"finish_reason":"stop"/);
});

test.serial('content: long content is cut at the byte budget and says so', async (t) => {
  rig.arc.setConfig({ builtinPack: false, captureContent: true, maxContentBytes: 256 });
  const { span } = await send({ ...hot, messages: [{ role: 'user', content: 'x'.repeat(5_000) }] });
  t.regex(
    String(span.attributes['gen_ai.input.messages']),
    /^\[\{"role":"user".{200,260}…\[cut at 256 bytes\]$/,
  );
});

test.serial('metrics: calls, matches, fixes and durations are counted', async (t) => {
  const before = rig.arc.counters;
  const [intercepted, fixed] = [before.intercepted, before.fixed];
  const candidates = await rig.metric('arc.match.candidates');
  await send();
  t.true((await rig.metric('arc.match.candidates')) > candidates);
  t.is(await rig.metric('arc.requests.intercepted'), intercepted + 1);
  t.is(await rig.metric('arc.fixes.applied', { 'arc.pattern.id': 'test.hot' }), fixed + 1);
  t.true((await rig.metric('arc.pattern.matches', { 'arc.pattern.id': 'test.hot' })) > fixed);
  t.is(await rig.metric('arc.match.duration'), intercepted + 1);
  t.is(await rig.metric('arc.interception.duration'), intercepted + 1);
  t.true((await rig.metric('gen_ai.client.inference.duration', { 'gen_ai.request.model': 'gpt-4' })) > 0);
  t.true((await rig.metric('gen_ai.client.inference.usage.output_tokens')) > 0);
});

test.serial('failure: status, error type, a log event, and no key in any message', async (t) => {
  const client = rig.openai({ apiKey: 'sk-verysecretkey123456' });
  const words = [{ role: 'user' as const, content: 'hi' }];
  await t.throwsAsync(async () =>
    client.chat.completions.create({ model: 'gpt-4o', messages: words, n: -1 }),
  );
  const [span] = rig.spans();
  t.like(span?.attributes, { 'error.type': 'BadRequestError', 'http.response.status_code': 400 });
  t.is(span?.status.code, 2);
  const log = rig.logs().at(-1);
  t.is(log?.eventName, 'gen_ai.client.operation.exception');
  t.is(log?.severityNumber, 13);
  t.notRegex(JSON.stringify([span?.attributes, span?.status, span?.events, log?.attributes]), /verysecret/);
});

test.serial('anthropic: a fix applies to its messages and cached tokens count as input', async (t) => {
  rig.arc.registerPattern({
    pattern: { api: 'anthropic.messages', temperature: { '>': 1 } },
    fix: [{ clamp: { field: 'temperature', max: 1 } }],
    id: 'test.anthropic-hot',
  });
  const params = { model: 'claude-sonnet-4-6', max_tokens: 16, messages: user, temperature: 1.2 };
  await rig.anthropic().messages.create(params);
  const [span] = rig.spans();
  t.is((rig.models.requests.at(-1)?.body as Body)['temperature'], 1);
  t.like(span?.attributes, {
    'gen_ai.provider.name': 'anthropic',
    'arc.decision': 'fix',
    'gen_ai.request.temperature': 1,
  });
});

test.serial('registerPattern: a malformed one is refused with the field and what would do', (t) => {
  const error = t.throws(() =>
    rig.arc.registerPattern({ pattern: { temprature: { '>': 1 } }, fix: { temperature: 1 } }),
  );
  t.regex(error.message, /temprature/);
  t.regex(error.message, /temperature/);
});

test.serial('repair: setting the clock of the machine neither ends nor prolongs a pattern', async (t) => {
  const lives = { ...rule, id: 'test.lives', expires: new Date(Date.now() + 3_600_000).toISOString() };
  rig.arc.registerPattern({ ...lives, pattern: { model: 'gpt-4', seed: 1 }, fix: { seed: 2 } });
  const now = Date.now;
  t.teardown(() => (Date.now = now));
  Date.now = () => now() + 7_200_000;
  const { body } = await send({ model: 'gpt-4', messages: user, seed: 1 });
  t.is(body['seed'], 2);
});

test.serial('rollout: treated and control are told apart on the span, with the propensity', async (t) => {
  rig.arc.registerPattern({
    id: 'test.half',
    pattern: { model: 'gpt-4', seed: 5 },
    fix: { seed: 6 },
    rollout: 0.5,
  });
  const kinds = new Set<unknown>();
  for (let number = 0; number < 32; number += 1) {
    const { body, span } = await send({
      model: 'gpt-4',
      seed: 5,
      messages: [{ role: 'user', content: `river ${number}` }],
    });
    const decision = span.attributes['arc.decision'];
    kinds.add(decision);
    t.is(body['seed'], decision === 'fix' ? 6 : 5);
    t.is(span.attributes['arc.propensity'], 0.5);
  }
  t.is(kinds.size, 2);
  t.true(kinds.has('control') && kinds.has('fix'));
  rig.arc.packs.remove('registered');
});
