import test from 'ava';
import type { PatternDefinition } from '../../src/contract/pattern.js';
import { buildImage } from '../../src/patterns/image/build-image.js';
import { openSegment, type Segment } from '../../src/patterns/index/segment.js';
import { eachSharedId } from '../../src/patterns/shared-ids.js';
import { definePattern } from '../../src/patterns/shorthand.js';

const ONE = definePattern({ id: 'one', pattern: { model: 'gpt-4' }, fix: { n: 1 } });

function segmentOf(patterns: readonly PatternDefinition[]): Segment {
  return openSegment(buildImage(patterns, { name: 'fleet', version: '7', hash: '' }), { isChecked: true });
}

function named(name: string, size: number): PatternDefinition[] {
  return Array.from({ length: size }, (_, index) => ({ ...ONE, id: `${name}.${index}` }));
}

function shared(first: Segment, second: Segment): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  eachSharedId(first, second, (...numbers) => found.push(numbers.map((each) => each + 0))); // -0 is 0
  return found;
}

for (const size of [10, 5_000]) {
  test(`eachSharedId: finds what two segments of ${size} share, from either side`, (t) => {
    const first = segmentOf([...named('a', size), { ...ONE, version: 2 }]);
    const second = segmentOf([ONE, ...named('b', size + 1), { ...ONE, id: 'a.3' }]);
    t.deepEqual(shared(first, second), [
      [3, size + 2, 0],
      [size, 0, -1],
    ]);
    t.deepEqual(shared(second, first), [
      [size + 2, 3, 0],
      [0, size, 1],
    ]);
    t.deepEqual(shared(first, segmentOf(named('c', 10))), []);
  });
}
