import test from 'ava';
import fc from 'fast-check';
import { ArcError } from '../../../src/contract/errors.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { HEADER, openImage, ROW, SECTIONS, type SectionName } from '../../../src/patterns/image/layout.js';
import { openSegment } from '../../../src/patterns/index/segment.js';
import type { CompiledPattern } from '../../../src/patterns/compile.js';
import { COUNT, META, PATTERNS, read, REQUESTS, shared, SOUND, survives, use } from './damaged.js';

test('damaged file: a flipped bit anywhere that counts is noticed', (t) => {
  const ends = SECTIONS.map((name) => {
    const { byteOffset, byteLength } = openImage(shared(SOUND)).section(name);
    return [byteOffset, byteOffset + byteLength] as const;
  });
  const isPadding = (at: number): boolean =>
    at >= (HEADER.words + SECTIONS.length * ROW.words) * 4 &&
    !ends.some(([from, to]) => at >= from && at < to);
  fc.assert(
    fc.property(fc.nat(SOUND.length - 1), fc.nat(7), (at, bit) => {
      fc.pre(!isPadding(at));
      const bytes = Uint8Array.from(SOUND);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      const error = t.throws<ArcError>(() => read(bytes), { instanceOf: ArcError });
      t.is(error.code, 'ARC_PACK_INVALID');
      t.regex(error.message, /^compiled pack, section ".*": ./s);
    }),
    { numRuns: 500 },
  );
});

test('damaged file: whatever is cut off or added is noticed', (t) => {
  fc.assert(
    fc.property(fc.nat(SOUND.length - 1), (length) => {
      t.throws(() => read(SOUND.slice(0, length)), { instanceOf: ArcError });
    }),
  );
  t.throws(() => read(Uint8Array.from([...SOUND, 0])), {
    message: /"header": it says \d+ bytes, there are \d+/,
  });
});

test('damaged file: random bytes are no compiled pack, with or without its first bytes', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.boolean(), (bytes, hasMagic) => {
      if (hasMagic) bytes.set(SOUND.subarray(0, Math.min(bytes.length, 20)));
      t.throws(() => read(bytes), { instanceOf: ArcError });
    }),
  );
});

test('damaged image: numbers of header and table that lie are refused or do no harm', (t) => {
  const words = HEADER.words + SECTIONS.length * ROW.words;
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: words - 1 }),
      fc.nat(0xffff_ffff),
      fc.nat(64),
      (word, value, near) => {
        for (const lie of [value, near, SOUND.length - near]) {
          const buffer = shared(SOUND);
          new Uint32Array(buffer, 0, words)[word] = lie;
          survives(t, () => use(buffer));
        }
      },
    ),
    { numRuns: 300 },
  );
});

const NUMBERS: readonly SectionName[] = SECTIONS.filter(
  (name) => !['meta', 'plan', 'places', 'shapes'].includes(name),
);

test('damaged image: numbers of any section that lie are refused, or cost a pattern and no more', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NUMBERS),
      fc.nat(),
      fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), COUNT - 1, COUNT, COUNT + 1, 0xff_ffff),
      (name, place, lie) => {
        const buffer = shared(SOUND);
        const section = openImage(buffer).section(name);
        const words = new Int32Array(buffer, section.byteOffset, section.byteLength >> 2);
        fc.pre(words.length > 0);
        words[place % words.length] = lie;
        survives(t, () => use(buffer));
      },
    ),
    { numRuns: 400 },
  );
});

test('damaged image: sections of random numbers, small and large, are refused or cost patterns and no more', (t) => {
  const numbers = fc.array(fc.oneof(fc.integer(), fc.integer({ min: -200, max: 200 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 3 }),
      numbers,
      (names, lies) => {
        const buffer = shared(SOUND);
        for (const name of names) {
          const section = openImage(buffer).section(name);
          const words = new Int32Array(buffer, section.byteOffset, section.byteLength >> 2);
          words.forEach((_, at) => {
            words[at] = lies[at % lies.length] ?? 0;
          });
        }
        survives(t, () => use(buffer));
      },
    ),
    { numRuns: 300 },
  );
});

test('damaged image: text sections with other text are refused or cost patterns', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom('meta', 'plan', 'places', 'shapes', 'values', 'records'),
      fc.json(),
      fc.nat(400),
      (name, json, at) => {
        const buffer = shared(SOUND);
        const section = openImage(buffer).section(name);
        section.set(
          Buffer.from(json).subarray(0, Math.max(0, section.length - at)),
          Math.min(at, section.length),
        );
        survives(t, () => use(buffer));
      },
    ),
    { numRuns: 300 },
  );
});

test('damaged image: a record that is no pattern is told of once, and the others go on', (t) => {
  const image = buildImage(
    PATTERNS.map((pattern, index) => (index === 3 ? { ...pattern, confidence: 7 } : pattern)),
    META,
  );
  const errors: unknown[] = [];
  const segment = openSegment(image, { isChecked: false, damaged: (error) => errors.push(error) });
  const facts = REQUESTS.map((request) => createFacts(request));
  const found: CompiledPattern[] = [];
  for (const each of [...facts, ...facts]) segment.match(each, 0, found);
  const ids = new Set(found.map(({ definition }) => definition.id));
  t.is(ids.size, PATTERNS.length - 1);
  t.false(ids.has(PATTERNS[3]?.id ?? ''));
  t.deepEqual(errors.map(String), [
    'ArcError: compiled pack, pattern 3: confidence: must be a number from 0 to 1; received 7',
  ]);
});
