import test from 'ava';
import { makeRequests, makeRules, HIT_SEED } from './patterns/by-hand-rules.js';
import { medianOf, quantile, runPaired, spreadOf } from './paired.js';
import { formatReport } from './report.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { createFacts } from '../../src/patterns/facts.js';

test('runPaired: everybody has one turn a round, and each round starts with another', async (t) => {
  const turns: string[] = [];
  const contestant = (name: string, figure: number) => ({
    round: () => {
      turns.push(name);
      return Promise.resolve({ figure: figure + turns.length });
    },
  });
  const rounds = await runPaired({ a: contestant('a', 0), b: contestant('b', 100) }, 3);
  t.deepEqual(turns, ['a', 'b', 'b', 'a', 'a', 'b']);
  t.is(rounds.length, 3);
  // The three differences are 101, 99 and 101.
  t.is(
    medianOf(rounds, ({ a, b }) => (b['figure'] ?? 0) - (a['figure'] ?? 0)),
    101,
  );
  t.is(
    spreadOf(rounds, ({ a, b }) => (b['figure'] ?? 0) - (a['figure'] ?? 0)),
    0.5,
  );
});

test('quantile: between neighbours by proportion', (t) => {
  t.is(quantile([4, 1, 2, 3], 0.5), 2.5);
  t.is(quantile([5], 0.99), 5);
  t.is(quantile([0, 10], 0.25), 2.5);
  t.true(Number.isNaN(quantile([], 0.5)));
});

test('makeRules: patterns and functions agree on every request, and one rule fits the marked ones', (t) => {
  const rules = makeRules(200);
  for (const seed of [undefined, HIT_SEED]) {
    for (const view of makeRequests(seed)) {
      const fits = rules.map(({ pattern }) => compilePattern(pattern).test(createFacts(view)));
      t.deepEqual(
        rules.map(({ applies }) => applies(view)),
        fits,
      );
      t.deepEqual(
        fits.flatMap((fit, index) => (fit ? [index] : [])),
        seed === undefined ? [] : [100],
      );
    }
  }
});

test('formatReport: says what is compared, aligns the figures, and says how to repeat it', (t) => {
  const text = formatReport({
    benchmark: 'match',
    comparison: 'a with b',
    command: 'npm run bench -- match',
    machine: 'Node 24',
    rounds: 3,
    columns: [
      { key: 'ratio', title: 'ratio', digits: 2 },
      { key: 'p50', title: 'p50 µs', digits: 0 },
    ],
    rows: [
      { name: 'first', figures: { p50: 12.4 } },
      { name: 'second one', figures: { ratio: 1.5, p50: 1234 } },
    ],
  });
  t.deepEqual(text.split('\n'), [
    'match: a with b',
    '',
    '            ratio  p50 µs',
    'first           –      12',
    'second one   1.50    1234',
    '',
    '3 rounds · Node 24 · npm run bench -- match',
    '',
  ]);
});
