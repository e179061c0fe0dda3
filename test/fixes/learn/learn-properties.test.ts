import test from 'ava';
import type { Params } from '../../../src/contract/request.js';
import { FORBIDDEN_FIELDS } from '../../../src/contract/fix.js';
import { checkPattern } from '../../../src/patterns/check-pattern.js';
import { learn } from '../../../src/fixes/learn/learn.js';
import type { Lesson } from '../../../src/fixes/learn/build-pattern.js';
import { repairRequest } from '../../../src/testing.js';
import { deepFreeze } from '../freeze.js';
import { createDice, generateRequest } from '../generate-request.js';

/** What providers say, in pieces: put together at random they say everything and nothing. */
const PIECES = [
  "Unsupported parameter: '",
  'Unknown name "',
  "' is not supported with this model. ",
  'Extra inputs are not permitted',
  'temperature',
  'max_tokens',
  'messages.0.content',
  'messages[1].role',
  'tools[0].function.name',
  'thinking.budget_tokens',
  'metadata',
  '__proto__',
  'constructor.prototype',
  'base_url',
  'user',
  'stream',
  'model',
  ': ',
  "Use '",
  "' instead.",
  ' must be <= ',
  ' [1, 5]',
  '1e999',
  '-1',
  '(((((',
  '^(a+)+$',
  '{"error":{"message":"',
  '"}}',
  '{"detail":[{"loc":["body","top_p"],"msg":"',
  "[{'type': 'x', 'loc': ('body', 'top_p'), 'msg': '",
  "Supported values are: 'low', 'high'",
  'is required',
  'empty',
  '\u0000\ud800',
  '\n* GenerateContentRequest.contents[1].parts: ',
  'tool_use ids were found without tool_result blocks',
  'does not exist. Use gpt-9 instead',
];

const EXTRAS: Params = {
  temperature: 3,
  top_p: -1,
  metadata: { a: 1 },
  reasoning_effort: 'minimal',
  thinking: { type: 'enabled', budget_tokens: 10 },
  user: 'u',
  store: true,
};

test('learn: whatever a provider says, nothing throws, and what is learned is valid, allowed and settled', (t) => {
  const lessons: Lesson[] = [];
  for (let seed = 0; seed < 3_000; seed += 1) {
    const dice = createDice(seed);
    const view = generateRequest(dice);
    const params = deepFreeze({ ...view.params, ...EXTRAS });
    const message = Array.from({ length: 1 + (seed % 9) }, () => dice.pick(PIECES)).join(seed % 2 ? '' : ' ');
    const lossy = seed % 3 === 0;
    const lesson = learn({ ...view, params }, { status: 400, message, param: dice.pick(PIECES) }, { lossy });
    if (!lesson) continue;
    lessons.push(lesson);
    const faults: string[] = [];
    checkPattern(lesson.pattern, [], (_, text) => faults.push(text));
    t.deepEqual(faults, [], message);
    for (const field of FORBIDDEN_FIELDS.filter((name) => name !== 'stream_options'))
      t.is(lesson.body[field], params[field], `${message} ${field}`);
    t.is(lesson.pattern.lossy === true && !lossy, false);
    if (lesson.pattern.lossy !== true) t.is(lesson.body['model'], params['model']);
    t.true(Array.isArray(lesson.body['messages']));
    if (JSON.stringify(lesson.pattern).includes('__proto__')) t.fail(message);
  }
  t.true(lessons.length > 100, `${lessons.length} lessons`);
});

test('learn: a lesson leaves the requests of others alone', (t) => {
  const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], top_p: 0.2 };
  const error = { status: 400, message: "Unsupported parameter: 'top_p' is not supported with this model." };
  const view = {
    provider: 'openai',
    operation: 'chat',
    api: 'openai.chat.completions',
    model: 'm',
    params: body,
  };
  const lesson = learn(view, error);
  const packs = lesson ? [{ name: 'learned', version: '1', patterns: [lesson.pattern] }] : [];
  t.is(packs.length, 1);
  const decisions = (provider: string, params: Params) =>
    repairRequest({ provider, api: view.api, body: params }, { packs, builtinPack: false }).decisions.length;
  t.is(decisions('openai', body), 1);
  t.is(decisions('openai', { ...body, model: 'another' }), 0);
  t.is(decisions('groq', body), 0);
  t.is(decisions('openai', { model: 'm', messages: body.messages }), 0);
});

test('learn: strange requests and errors teach nothing and throw nothing', (t) => {
  const cyclic: Record<string, unknown> = { model: 'm' };
  cyclic['messages'] = [cyclic];
  const throwing = {
    get messages(): never {
      throw new Error('unreadable');
    },
  };
  const view = { provider: 'openai', operation: 'chat', api: 'openai.chat.completions', model: 'm' };
  for (const params of [cyclic, throwing, { messages: 7 }, {}] as const)
    for (const message of ['Unknown parameter: messages.0.messages', 'x must alternate', '{"a":'.repeat(900)])
      t.is(learn({ ...view, params }, { status: 400, message }), undefined);
  t.is(learn({ ...view, params: {} }, { status: 400, message: undefined as unknown as string }), undefined);
});

test('learn: a long hostile message takes no time', (t) => {
  const params = { messages: [], temperature: 5 };
  const view = { provider: 'openai', operation: 'chat', api: 'openai.chat.completions', model: 'm', params };
  const started = performance.now();
  for (const piece of [
    "'a' or ",
    'must be one of a, ',
    '1 > ',
    'range [',
    ' * A.',
    "'loc': (",
    '"x".y[0].',
    'use the ',
    ': ',
  ])
    learn(view, { status: 400, message: piece.repeat(100_000) });
  t.true(performance.now() - started < 2_000);
});
