import test from 'ava';
import type { CompiledPattern } from '../../../src/patterns/compile.js';
import { createFacts, type RequestFacts } from '../../../src/patterns/facts.js';
import { createRandom, createTexts } from '../../bench/million.js';
import { openaiRequest } from '../requests.js';
import { find, patternsOf, segmentFrom, segmentOf, tryInTurn } from './linear.js';

const random = createRandom(20261121);
const text = createTexts(random);

/** Every one of so many words is replaced with probability `share`. */
function edited(words: string, share: number): string {
  return words
    .split(' ')
    .map((word) => (random() < share ? text(1) : word))
    .join(' ');
}

const ask = (content: string) => openaiRequest({ messages: [{ role: 'user', content }] });

test('similar: nothing is found that is not similar, and of what is, hardly anything is missed', (t) => {
  const known = Array.from({ length: 400 }, (_, index) => text(10 + (index % 90)));
  const thresholds = [0.5, 0.65, 0.8, 0.9];
  const { patterns, segment } = segmentOf(
    known.map((to, index) => ({
      'facts.last_user_text': { similar: { to, threshold: thresholds[index % 4] ?? 1 } },
    })),
  );
  let [expected, missed] = [0, 0];
  for (const [index, to] of known.entries()) {
    for (const share of [0, 0.02, 0.05, 0.1, 0.2]) {
      const view = ask(edited(to, share));
      const wanted = tryInTurn(
        [patterns[index]].flatMap((pattern) => pattern ?? []),
        view,
      );
      const found = find(segment, view);
      const others = found.filter((name) => !wanted.includes(name)).map((name) => Number(name.slice(6)));
      expected += wanted.length;
      missed += wanted.filter((name) => !found.includes(name)).length;
      for (const other of others) t.not(tryInTurn(patterns.slice(other, other + 1), view).length, 0);
    }
  }
  t.true(expected > 900, `${expected} similar pairs`);
  t.true(missed <= expected * 0.02, `${missed} of ${expected} missed`);
});

test('similar: the very same text is always found, whatever its length and however it is written', (t) => {
  const known = [
    'a',
    'no',
    'yes',
    'four',
    'Straße',
    'ﬁn',
    '',
    ' ',
    '😀😀😀😀',
    ...[1, 2, 5, 20, 400].map(text),
  ];
  const { patterns, segment } = segmentOf(known.map((to) => ({ user: { similar: to } })));
  for (const [index, same] of known.entries()) {
    for (const written of [
      same,
      same.toUpperCase(),
      `  ${same.replaceAll(' ', '\n\t')} `,
      same.normalize('NFD'),
    ]) {
      const view = openaiRequest({ user: written });
      const wanted = tryInTurn(patterns, view);
      t.deepEqual(find(segment, view), wanted, JSON.stringify(written));
      if (written === same) t.true(wanted.includes(`test.p${index}`));
    }
  }
});

test('similar: a text across several messages and in other scripts', (t) => {
  const words = 'Über allen Gipfeln ist Ruh, in allen Wipfeln spürest du kaum einen Hauch '.repeat(3);
  const { segment } = segmentOf([{ 'facts.prompt_text': { similar: `${words} ${words}` } }]);
  const split = openaiRequest({
    messages: [
      { role: 'user', content: words },
      { role: 'user', content: words.replace('Ruh', 'ruh') },
    ],
  });
  t.deepEqual(find(segment, split), ['test.p0']);
});

test('similar: a text like none of the known ones is compared with hardly any', (t) => {
  let tests = 0;
  const counted = patternsOf(
    Array.from({ length: 2_000 }, () => ({ 'facts.last_user_text': { similar: text(60) } })),
  ).map((pattern): CompiledPattern => ({
    ...pattern,
    test: (facts: RequestFacts) => {
      tests += 1;
      return pattern.test(facts);
    },
  }));
  const segment = segmentFrom(counted);
  for (let round = 0; round < 50; round += 1) t.deepEqual(find(segment, ask(text(60))), []);
  t.true(tests < 50, `${tests} comparisons for 50 texts and 2000 patterns`);
});

test('similar: of thousands with the same opening, few but the right one are compared', (t) => {
  const opening = text(12);
  for (const threshold of [0.5, 0.65, 0.8]) {
    const known = Array.from({ length: 3_000 }, () => `${opening} ${text(40)}`);
    const { segment } = segmentOf(
      known.map((to) => ({ 'facts.last_user_text': { similar: { to, threshold } } })),
    );
    let [candidates, found] = [0, 0];
    for (const [index, to] of known.slice(0, 200).entries()) {
      const facts = createFacts(ask(edited(to, (1 - threshold) / 8)));
      const answers: CompiledPattern[] = [];
      segment.match(facts, 0, answers);
      candidates += facts.candidates;
      found += answers.some(({ definition }) => definition.id === `test.p${index}`) ? 1 : 0;
    }
    t.true(found >= 190, `${threshold}: ${found} of 200 found`);
    t.true(candidates < 400, `${threshold}: ${candidates} candidates for 200 texts`);
  }
});

test('similar: all of a crowd that say the same are found', (t) => {
  const same = text(60);
  const { segment } = segmentOf(Array.from({ length: 500 }, () => ({ user: { similar: same } })));
  t.is(find(segment, openaiRequest({ user: edited(same, 0) })).length, 500);
});

test('similar: thresholds of two kinds on one field', (t) => {
  const to = text(60);
  const { segment } = segmentOf([
    { user: { similar: { to, threshold: 0.9 } } },
    { user: { similar: { to, threshold: 0.5 } } },
  ]);
  t.deepEqual(find(segment, openaiRequest({ user: to })), ['test.p0', 'test.p1']);
  t.deepEqual(find(segment, openaiRequest({ user: `${to} ${text(15)}` })), ['test.p1']);
});

test('similar: below the least similarity that is looked up, every request is compared', (t) => {
  const to = text(50);
  const { segment } = segmentOf([{ user: { similar: { to, threshold: 0.2 } } }]);
  t.deepEqual(find(segment, openaiRequest({ user: `${to} ${text(80)}` })), ['test.p0']);
});
