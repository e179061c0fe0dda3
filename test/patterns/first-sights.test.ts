import test from 'ava';
import fc from 'fast-check';
import { createFirstSights } from '../../src/patterns/first-sights.js';
import { ageKey } from '../../src/patterns/image/age-set.js';
import { buildImage } from '../../src/patterns/image/build-image.js';
import { checkImage } from '../../src/patterns/image/check-image.js';
import { openImage } from '../../src/patterns/image/layout.js';
import { makePatterns } from '../bench/million.js';

const keySet = fc
  .uniqueArray(fc.nat(200), { maxLength: 120 })
  .map((keys) => Float64Array.from(keys.sort((a, b) => a - b)));

test('first sights: a key keeps the instant of the first set it was in, however many came since', (t) => {
  fc.assert(
    fc.property(fc.array(keySet, { maxLength: 60 }), (sets) => {
      const sights = createFirstSights();
      const expected = new Map<number, number>();
      sets.forEach((keys, now) => {
        sights.see(keys, now);
        for (const key of keys) if (!expected.has(key)) expected.set(key, now);
      });
      for (let key = 0; key <= 201; key += 1) t.is(sights.of(key), expected.get(key));
    }),
    { numRuns: 300 },
  );
});

test('first sights: small sets beside a large one, one by one', (t) => {
  const sights = createFirstSights();
  sights.see(
    Float64Array.from({ length: 10_000 }, (_, index) => index * 2),
    1,
  );
  for (let index = 0; index < 200; index += 1) sights.see(Float64Array.of(index), 2 + index);
  for (let index = 0; index < 200; index += 1) t.is(sights.of(index), index % 2 === 0 ? 1 : 2 + index);
});

test('first sights: nothing holds on to the sets that are given', (t) => {
  const sights = createFirstSights();
  const keys = Float64Array.of(1, 2, 3);
  sights.see(keys, 1);
  keys.fill(9);
  t.deepEqual(
    [1, 2, 3, 9].map((key) => sights.of(key)),
    [1, 1, 1, undefined],
  );
});

test('first sights: of more than are remembered the oldest are forgotten, never those that come last', (t) => {
  const sights = createFirstSights();
  const from = (start: number): Float64Array =>
    Float64Array.from({ length: 1_500_000 }, (_, at) => start + at);
  [0, 1, 2].forEach((part) => sights.see(from(part * 2_000_000), part));
  t.deepEqual(
    [0, 2_000_000, 4_000_000].map((key) => sights.of(key)),
    [undefined, 1, 2],
  );
});

test('age keys: tell ids and versions apart, and are whole numbers that are exact', (t) => {
  const versions = [1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
  const keys = ['a', 'b', 'a1', ''].flatMap((id) => versions.map((version) => ageKey(id, version)));
  t.is(new Set(keys).size, keys.length);
  t.true(keys.every((key) => Number.isSafeInteger(key) && key >= 0));
});

test('compiled pack: keys of versions that do not ascend, and more than there are patterns, are refused', (t) => {
  const patterns = [...makePatterns(20)].map((pattern) => ({ ...pattern, ttl: '1h' }));
  for (const lie of [NaN, Infinity, -1, 0]) {
    const { bytes } = buildImage(patterns, { name: 'p', version: '1', hash: '' });
    t.is(checkImage(bytes).floats('ttl').length, 20);
    openImage(bytes).floats('ttl')[7] = lie;
    t.throws(() => checkImage(bytes), { message: /"ttl": keys must ascend/ }, `${lie}`);
  }
});
