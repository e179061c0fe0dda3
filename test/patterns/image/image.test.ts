import test from 'ava';
import fc from 'fast-check';
import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { checkImage } from '../../../src/patterns/image/check-image.js';
import { openImage, SECTIONS } from '../../../src/patterns/image/layout.js';
import { readMeta } from '../../../src/patterns/image/pack-meta.js';
import { createRecordReader } from '../../../src/patterns/image/record-reader.js';
import { openSegment } from '../../../src/patterns/index/segment.js';
import { makePatterns } from '../../bench/million.js';
import { definitions } from './patterns.js';

const META = { name: 'fleet', version: '7', hash: 'ab'.repeat(32) };

test('image: every definition comes back as it was, in any order', (t) => {
  fc.assert(
    fc.property(definitions, (patterns) => {
      const image = buildImage(patterns, META);
      const reader = createRecordReader(image);
      t.is(image.patterns, patterns.length);
      for (const [number, pattern] of [...patterns.entries()].reverse()) {
        t.deepEqual(reader.definition(number), pattern);
        t.deepEqual(Object.keys(reader.definition(number)).sort(), Object.keys(pattern).sort());
        t.is(reader.id(number), pattern.id);
        t.is(reader.version(number), pattern.version);
      }
    }),
  );
});

test('image: what is written is accepted as if it came from outside, and says the same again', (t) => {
  const patterns = [...makePatterns(500)];
  const image = checkImage(buildImage(patterns, META).bytes);
  t.deepEqual(readMeta(image), META);
  const segment = openSegment(image, { isChecked: false });
  patterns.forEach((pattern, number) => {
    t.deepEqual(segment.definition(number), pattern);
    t.is(segment.numberOf(pattern.id), number);
  });
  t.is(segment.numberOf('fleet.1.p500'), -1);
  t.is(segment.numberOf(''), -1);
});

test('image: an image without patterns is accepted and finds nothing', (t) => {
  const segment = openSegment(checkImage(buildImage([], META).bytes), { isChecked: false });
  t.deepEqual([segment.size, segment.numberOf('a')], [0, -1]);
});

test('image: sections begin at multiples of eight bytes and do not overlap', (t) => {
  const image = openImage(buildImage(makePatterns(50), META).bytes);
  let end = 0;
  for (const name of SECTIONS) {
    const { byteOffset, byteLength } = image.section(name);
    t.is(byteOffset % 8, 0, name);
    t.true(byteOffset >= end, name);
    end = byteOffset + byteLength;
  }
  t.true(end <= image.bytes.byteLength);
});

test('image: what repeats is kept once, so that patterns of one kind take little more than their texts', (t) => {
  const patterns = [...makePatterns(4_000)];
  const image = buildImage(patterns, META);
  const own = patterns.reduce((sum, { id, match }) => sum + id.length + textOf(match).length, 0);
  t.true(
    image.section('records').length < own + 40 * patterns.length,
    `${image.section('records').length} of ${own}`,
  );
  t.true(image.section('shapes').length < 8_000);
});

/** The prompt or phrase of a match. */
function textOf(match: Match): string {
  const condition = match['facts.last_user_text'] ?? match['facts.prompt_text'] ?? {};
  return Object.values(condition).join('');
}

test('image: progress counts up', (t) => {
  const seen: number[] = [];
  buildImage(makePatterns(9_000), META, { progress: (done) => seen.push(done) });
  t.deepEqual(seen, [4_096, 8_192]);
});

test('image: nesting that no checked pattern has, and a key that would change a prototype, are refused', (t) => {
  const [base] = makePatterns(1);
  let deep: object = {};
  for (let depth = 0; depth < 300; depth += 1) deep = { deep };
  const broken = (value: unknown) => [{ ...base, match: { seed: { '=': value } } } as PatternDefinition];
  t.throws(() => buildImage(broken(deep), META), { code: 'ARC_PACK_INVALID', message: /nest deeper/ });
  const key: unknown = JSON.parse('{"__proto__":{"a":1}}');
  t.throws(() => buildImage(broken(key), META), { code: 'ARC_PACK_INVALID', message: /__proto__/ });
});
