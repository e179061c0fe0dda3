import test from 'ava';
import type { PatternDefinition } from '../../../src/contract/pattern.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { mayHoldBits } from '../../../src/patterns/index/bloom-bits.js';
import { buildBloom } from '../../../src/patterns/index/bloom-builder.js';
import { falseBloomShare } from '../../../src/patterns/index/filter-estimate.js';
import { createKeyCollector } from '../../../src/patterns/index/key-table.js';
import { openSegment } from '../../../src/patterns/index/segment.js';
import { checkImage } from '../../../src/patterns/image/check-image.js';
import { openImage } from '../../../src/patterns/image/layout.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { matcherOver } from '../../../src/patterns/match.js';

const META = { name: 'texts', version: '1', hash: '' };
const MANY = 5_000;

type Key = readonly [low: number, high: number];

/** Numbers that look random and are the same in every run. */
function keys(count: number, seed: number): readonly Key[] {
  let state = seed;
  const next = (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state ^ (state >>> 13)) | 0;
  };
  return Array.from({ length: count }, () => [next(), next()] as const);
}

function bloomOf(present: readonly Key[]) {
  const keys = createKeyCollector();
  present.forEach(([low, high], number) => keys.add(low, high, number));
  return buildBloom(keys);
}

function text(index: number): string {
  return `What is the answer to question ${index} of the questionnaire?`;
}

function texts(): readonly PatternDefinition[] {
  return Array.from({ length: MANY }, (_, index) => ({
    id: `p${index}`,
    version: 1,
    match: { 'facts.last_user_text': { exact: text(index) } },
    fix: [{ set: { temperature: 0 } }],
    confidence: 1,
    rollout: 1,
    priority: 0,
  }));
}

test('bloom: every key that was added is held', (t) => {
  const present = keys(MANY, 1);
  const bloom = bloomOf(present);
  t.true(present.every(([low, high]) => mayHoldBits(bloom, low, high)));
});

test('bloom: one in a thousand of other keys passes, as the bits say', (t) => {
  const bloom = bloomOf(keys(MANY, 1));
  const others = keys(200_000, 7);
  const passed = others.filter(([low, high]) => mayHoldBits(bloom, low, high)).length / others.length;
  t.true(passed > 0 && passed < 0.002, `${passed}`);
  t.true(Math.abs(passed - falseBloomShare(bloom)) < 0.0005, `${falseBloomShare(bloom)}`);
});

test('bloom: bits a key and bits in all that do not fit the section are refused', (t) => {
  const image = buildImage(texts(), META, { isAhead: true });
  const [hashes = 0, size = 0] = image.words('signatures.bloom');
  for (const [at, lie] of [
    [0, 0],
    [0, 65],
    [0, -1],
    [1, 0],
    [1, -1],
    [1, size * 2],
  ] as const) {
    const { bytes } = image;
    const copy = new SharedArrayBuffer(bytes.byteLength);
    new Uint8Array(copy).set(new Uint8Array(bytes));
    openImage(copy).words('signatures.bloom')[at] = lie;
    t.throws(() => checkImage(copy), { message: /signatures\.bloom/ }, `${at} ${lie}`);
  }
  t.true(hashes > 0);
  t.notThrows(() => checkImage(image.bytes));
});

test('bloom: a pack compiled ahead is found by it, and by nothing else', (t) => {
  const patterns = texts();
  const image = buildImage(patterns, META, { isAhead: true });
  t.true(image.words('signatures.bloom').length > 0);
  t.is(buildImage(patterns, META).words('signatures.bloom').length, 0);
  const matcher = matcherOver([{ segment: openSegment(image, { isChecked: true }), hidden: undefined }]);
  const found = (content: string): readonly string[] => {
    const params = { messages: [{ role: 'user', content }] };
    const view = {
      provider: 'openai',
      operation: 'chat',
      api: 'openai.chat.completions',
      model: 'm',
      params,
    };
    return matcher.match(createFacts(view), 0).map(({ definition }) => definition.id);
  };
  for (const index of [0, 1, 4_095, 4_096, MANY - 1]) t.deepEqual(found(text(index)), [`p${index}`]);
  t.deepEqual(found(text(MANY)), []);
});
