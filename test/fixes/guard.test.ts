import test from 'ava';
import type { RequestView } from '../../src/contract/request.js';
import { guardFix } from '../../src/fixes/guard.js';
import { anthropicRequest, openaiRequest } from '../patterns/requests.js';

const verdict = test.macro({
  exec(t, view: RequestView, change: Readonly<Record<string, unknown>>, refusedField: string | undefined) {
    const result = guardFix(view, { ...view.params, ...change });
    t.is(result.allowed ? undefined : result.field, refusedField);
  },
  title: (given, _view, change, field) =>
    `guard: ${given ?? ''} ${JSON.stringify(change)} is ${field ? 'refused' : 'allowed'}`,
});

const openai = openaiRequest({ model: 'gpt-4o', stream: false });
test('an open field', verdict, openai, { temperature: 1 }, undefined);
test('a closed field', verdict, openai, { stream: true }, 'stream');
test('a closed field that was absent', verdict, openai, { store: true }, 'store');
test('another model', verdict, openai, { model: 'gpt-4o-mini' }, undefined);
test(
  'another model on Azure',
  verdict,
  openaiRequest({ model: 'gpt-4o' }, 'azure.ai.openai'),
  { model: 'x' },
  'model',
);
test(
  'both limits',
  verdict,
  openaiRequest({ max_tokens: 5 }),
  { max_completion_tokens: 5 },
  'max_completion_tokens',
);
test(
  'both limits there before',
  verdict,
  openaiRequest({ max_tokens: 5, max_completion_tokens: 5 }),
  { n: 1 },
  undefined,
);

const claude = anthropicRequest({ model: 'claude-sonnet-4-5', max_tokens: 1000 });
test('the highest limit without streaming', verdict, claude, { max_tokens: 21_333 }, undefined);
test('one token more', verdict, claude, { max_tokens: 21_334 }, 'max_tokens');
test(
  'one token more while streaming',
  verdict,
  anthropicRequest({ max_tokens: 5, stream: true }),
  { max_tokens: 21_334 },
  undefined,
);
test(
  'lowering a limit that was too high',
  verdict,
  anthropicRequest({ max_tokens: 99_000 }),
  { max_tokens: 64_000 },
  undefined,
);
const thinking = anthropicRequest({ max_tokens: 5000, thinking: { type: 'enabled', budget_tokens: 2000 } });
test('with thinking', verdict, thinking, { temperature: 0.7 }, 'temperature');
test('with thinking', verdict, thinking, { temperature: 1 }, undefined);
test('a limit below the budget', verdict, thinking, { max_tokens: 2000 }, 'thinking.budget_tokens');

test('guard: removing a closed field is refused', (t) => {
  const verdictOf = guardFix(openaiRequest({ user: 'a', n: 1 }), { n: 1 });
  t.like(verdictOf, { allowed: false, field: 'user' });
});
