import test from 'ava';
import fc from 'fast-check';
import { createFuzzyText, fuzzyText, similarTo } from '../../src/patterns/similarity.js';
import { createRandom, createTexts } from '../bench/million.js';

const words = createTexts(createRandom(20261122));

/** As the language defines it, with nothing saved. */
function isSimilar(a: string, b: string, threshold: number): boolean {
  const [first, second] = [gramsOf(a), gramsOf(b)];
  const shared = [...first].filter((gram) => second.has(gram)).length;
  return shared >= threshold * (first.size + second.size - shared);
}

function gramsOf(text: string): ReadonlySet<string> {
  const normal = plainForm(text);
  if (normal.length < 4) return new Set([normal]);
  return new Set(Array.from({ length: normal.length - 3 }, (_, index) => normal.slice(index, index + 4)));
}

function plainForm(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Of few letters, so that grams repeat and are shared, and of any. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\u00a0', 'Ä', '\0'), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test('similarity: is what the definition says, whichever texts are compared in between', (t) => {
  const threshold = fc.constantFrom(0.1, 0.3, 0.5, 0.65, 0.8, 1);
  const known = fc.array(fc.tuple(text, threshold), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(known, fc.array(text, { minLength: 1, maxLength: 4 }), (pairs, asked) => {
      const tests = pairs.map(([to, least]) => similarTo(to, least));
      const others = asked.map(createFuzzyText);
      for (const [index, [to, least]] of pairs.entries()) {
        for (const [at, other] of others.entries())
          t.is(tests[index]?.(other), isSimilar(to, asked[at] ?? '', least));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('similarity: the form that is compared is the same whether or not there is whitespace to fold', (t) => {
  fc.assert(fc.property(text, (each) => void t.is(fuzzyText(each), plainForm(each))));
});

test('similarity: long texts and short ones by turns', (t) => {
  const texts = [words(30), words(40_000), words(31), words(20_000), words(5)];
  const tests = texts.map((to) => similarTo(to, 0.9));
  const others = texts.map((each) => createFuzzyText(`${each} and`));
  for (const [index, fits] of tests.entries()) {
    t.deepEqual(
      others.map(fits),
      texts.map((each) => isSimilar(texts[index] ?? '', `${each} and`, 0.9)),
    );
  }
});
