import test from 'ava';
import type { BypassReason, Decision } from '../../src/contract/decision.js';
import type { PatternShorthand } from '../../src/contract/pattern.js';
import type { RequestView } from '../../src/contract/request.js';
import { type DecideSettings, decide } from '../../src/fixes/decide.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { createMatcher } from '../helpers/create-matcher.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { anthropicRequest, openaiRequest } from '../patterns/requests.js';
import { deepFreeze } from './freeze.js';

const hot = openaiRequest(
  deepFreeze({ model: 'gpt-4', temperature: 1.2, messages: [{ role: 'user', content: 'hi' }] }),
);
const cool: PatternShorthand = {
  id: 'cool',
  pattern: { temperature: { '>': 0.9 } },
  fix: { temperature: 0.7 },
};

interface Setup extends Partial<DecideSettings> {
  readonly now?: number;
}

function run(
  view: RequestView,
  patterns: readonly PatternShorthand[],
  { now = 0, ...settings }: Setup = {},
): Decision {
  const matcher = createMatcher(patterns.map((pattern) => compilePattern(definePattern(pattern))));
  return decide(view, matcher, { mode: 'apply', minConfidence: 0.8, ...settings }, now);
}

const ids = (decision: Decision) => decision.patterns.map(({ id }) => id);

test('decide: a request that matches nothing passes, by reference', (t) => {
  const decision = run({ ...hot, params: deepFreeze({ temperature: 0.1 }) }, [cool]);
  t.deepEqual(decision, {
    kind: 'pass',
    params: { temperature: 0.1 },
    patterns: [],
    changes: [],
    candidates: 1,
  });
  t.true(Object.isFrozen(decision.patterns) && Object.isFrozen(decision.changes));
});

test('decide: a match is repaired on a copy', (t) => {
  const decision = run(hot, [cool]);
  t.is(decision.kind, 'fix');
  t.deepEqual(decision.params, { ...hot.params, temperature: 0.7 });
  t.is(decision.params['messages'], hot.params['messages']);
  t.deepEqual(decision.changes, [{ path: 'temperature', before: 1.2, after: 0.7 }]);
  t.deepEqual(ids(decision), ['cool']);
});

const bypasses = test.macro({
  exec(
    t,
    patterns: readonly PatternShorthand[],
    setup: Setup,
    reason: BypassReason,
    view: RequestView = hot,
  ) {
    const decision = run(view, patterns, setup);
    t.is(decision.kind, 'bypass');
    t.is(decision.reason, reason);
    t.is(decision.params, view.params);
    t.deepEqual(decision.changes, []);
  },
  title: (given, _patterns, _setup, reason) => `decide: ${given ?? ''} is bypassed as ${reason}`,
});
test('mode off', bypasses, [cool], { mode: 'off' }, 'disabled');
test('a match below the floor', bypasses, [{ ...cool, confidence: 0.79 }], {}, 'low_confidence');
test('a fix that changes nothing', bypasses, [{ ...cool, fix: { temperature: 1.2 } }], {}, 'no_change');
test('a fix the guard refuses', bypasses, [{ ...cool, fix: [{ route: { model: 'x' } }] }], {}, 'refused', {
  ...hot,
  provider: 'azure.ai.openai',
});
test(
  'a fix that breaks a rule of the provider',
  bypasses,
  [{ id: 'a', pattern: { model: 'c' }, fix: { max_tokens: 30_000 } }],
  {},
  'refused',
  anthropicRequest({ model: 'c', max_tokens: 10 }),
);

test('decide: a confidence equal to the floor is enough', (t) => {
  t.is(run(hot, [{ ...cool, confidence: 0.8 }]).kind, 'fix');
});

test('decide: a pattern below the floor does not hold back another', (t) => {
  const decision = run(hot, [
    { ...cool, id: 'unsure', confidence: 0.1, fix: { temperature: 0 }, priority: 9 },
    cool,
  ]);
  t.like(decision, { kind: 'fix', params: { temperature: 0.7 } });
  t.deepEqual(ids(decision), ['cool']);
});

test('decide: an expired pattern does not match', (t) => {
  const expiring = { ...cool, expires: '2027-01-01T00:00:00Z' };
  t.is(run(hot, [expiring], { now: Date.parse('2026-12-31T23:59:59Z') }).kind, 'fix');
  t.is(run(hot, [expiring], { now: Date.parse('2027-01-01T00:00:00Z') }).kind, 'pass');
});

test('decide: in shadow, by process or pattern, the original goes out and the changes are known', (t) => {
  for (const decision of [run(hot, [cool], { mode: 'shadow' }), run(hot, [{ ...cool, mode: 'shadow' }])]) {
    t.is(decision.kind, 'shadow');
    t.is(decision.params, hot.params);
    t.deepEqual(decision.changes, [{ path: 'temperature', before: 1.2, after: 0.7 }]);
  }
});

test('decide: a live pattern acts beside one in shadow', (t) => {
  const shadowed: PatternShorthand = { ...cool, id: 'shadowed', mode: 'shadow', fix: { n: 3 }, priority: 9 };
  const decision = run(hot, [shadowed, cool]);
  t.is(decision.kind, 'fix');
  t.deepEqual(ids(decision), ['cool']);
});

test('decide: a rollout splits by prompt, the same way every time, close to its share', (t) => {
  const view = (index: number) =>
    openaiRequest({ ...hot.params, messages: [{ role: 'user', content: `case ${index}` }] });
  const kinds = Array.from(
    { length: 2000 },
    (_, index) => run(view(index), [{ ...cool, rollout: 0.25 }]).kind,
  );
  const treated = kinds.filter((kind) => kind === 'fix').length;
  t.is(treated + kinds.filter((kind) => kind === 'control').length, 2000);
  t.true(Math.abs(treated / 2000 - 0.25) < 0.04, `${treated}`);
  for (const index of [0, 1, 2, 3])
    t.deepEqual([run(view(index), [{ ...cool, rollout: 0.25 }]).kind], [kinds[index]]);
});

test('decide: a control keeps the original and says what would have changed', (t) => {
  const decision = run(hot, [{ ...cool, rollout: 0 }]);
  t.is(decision.kind, 'control');
  t.is(decision.params, hot.params);
  t.is(decision.changes.length, 1);
});

test('decide: several patterns act in order, each on what the one before left', (t) => {
  const decision = run(hot, [
    { id: 'first', priority: 2, pattern: { temperature: { '>': 1 } }, fix: { temperature: 0.95 } },
    {
      id: 'second',
      priority: 1,
      pattern: { temperature: { '>': 0.9 } },
      fix: [{ clamp: { field: 'temperature', max: 0.8 } }],
    },
    { id: 'obsolete', pattern: { temperature: { '>': 0.9 } }, fix: { n: 5 } },
  ]);
  t.deepEqual(ids(decision), ['first', 'second']);
  t.deepEqual(decision.changes, [{ path: 'temperature', before: 1.2, after: 0.8 }]);
});

test('decide: a repair that makes another pattern fit is followed by it', (t) => {
  const view = openaiRequest({ model: 'm', tools: [], tool_choice: 'auto' });
  const decision = run(view, [
    {
      id: 'choice',
      priority: 1,
      pattern: { tool_choice: 'auto', tools: { exists: false } },
      fix: [{ unset: ['tool_choice'] }],
    },
    { id: 'empty', pattern: { tools: { length: 0 } }, fix: [{ tools: 'drop_empty' }] },
  ]);
  t.deepEqual(decision.params, { model: 'm' });
  t.deepEqual(ids(decision), ['empty', 'choice']);
});

test('decide: patterns that chase each other without end leave the original alone', (t) => {
  const step = (from: number): PatternShorthand => ({
    id: `s${from}`,
    priority: from,
    pattern: { n: from },
    fix: { n: (from + 1) % 10 },
  });
  const view = openaiRequest({ n: 0 });
  const decision = run(
    view,
    Array.from({ length: 10 }, (_, from) => step(from)),
  );
  t.is(decision.reason, 'error');
  t.is(decision.params, view.params);
});

const hostile = test.macro({
  exec(t, view: RequestView) {
    const patterns: PatternShorthand[] = [
      { id: 'reads', pattern: { 'facts.prompt_text': { contains: 'x' } }, fix: { n: 1 } },
      { id: 'equals', pattern: { metadata: { '=': { a: 1 } } }, fix: [{ set: { 'metadata.a': 2 } }] },
      { id: 'strict', pattern: { tools: { exists: true } }, fix: [{ tools: 'strict_schema' }] },
    ];
    const decision = run(view, patterns);
    t.true(['pass', 'bypass'].includes(decision.kind));
    t.is(decision.params, view.params);
  },
  title: (given) => `decide: ${given ?? ''} comes back as it is`,
});
const cyclic: Record<string, unknown> = { type: 'object', properties: {} };
cyclic['properties'] = { self: cyclic };
test(
  'a getter that throws',
  hostile,
  openaiRequest({
    get messages() {
      throw new Error('no');
    },
  }),
);
test(
  'a proxy that throws',
  hostile,
  openaiRequest(
    new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('no');
        },
      },
    ),
  ),
);
test(
  'a cyclic body',
  hostile,
  openaiRequest({
    metadata: cyclic,
    messages: [cyclic],
    tools: [{ type: 'function', function: { strict: true, parameters: cyclic } }],
  }),
);
test('a BigInt', hostile, openaiRequest({ metadata: { a: 1n }, messages: [{ role: 'user', content: 5n }] }));
test(
  'a list of nulls',
  hostile,
  openaiRequest({ messages: [null, undefined, 1, 'x', []], tools: [null, 3] }),
);

test('decide: what was thrown is in the decision', (t) => {
  const error = new Error('from a getter');
  const view = openaiRequest({
    get temperature() {
      throw error;
    },
  });
  const decision = run(view, [cool]);
  t.is(decision.reason, 'error');
  t.is(decision.error, error);
});
