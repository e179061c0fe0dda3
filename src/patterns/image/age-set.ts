import type { PatternDefinition } from '../../contract/pattern.js';
import { seedOf } from '../index/index-plan.js';
import { addUnits, addWord, begin, finish, hash } from '../index/value-hash.js';
import { refused, type SegmentImage } from './layout.js';

/**
 * The pattern versions of an image that have a `ttl`, as keys in ascending order: 53 bits of a hash of id and version, so that
 * a key is a number. Of a million versions two share one once in 16,000 packs; the later of them then dies too early.
 */
export type AgeSet = Float64Array;

/** Collects keys for a set. */
export interface AgeCollector {
  /** Adds the next pattern, if it has a `ttl`. */
  add(definition: PatternDefinition): void;
  build(): AgeSet;
}

const SEED = seedOf('age', 0);
/** Bits of the upper half of a key. */
const UPPER = 0x1f_ffff;
const WORD = 2 ** 32;
/** Room for keys at first. */
const FIRST = 16;

/** An empty collector. */
export function createAgeCollector(): AgeCollector {
  let keys = new Float64Array(FIRST);
  let count = 0;
  return {
    add({ id, version, ttl }) {
      if (ttl === undefined) return;
      if (count === keys.length) {
        const next = new Float64Array(count * 2);
        next.set(keys);
        keys = next;
      }
      keys[count] = ageKey(id, version);
      count += 1;
    },
    build() {
      const sorted = keys.subarray(0, count).sort();
      return sorted.filter((key, at) => key !== sorted[at - 1]);
    },
  };
}

/** The key of a version. */
export function ageKey(id: string, version: number): number {
  begin(SEED);
  addUnits(id, 0, id.length);
  addWord(version | 0);
  addWord(Math.floor(version / WORD) | 0);
  finish();
  return (hash.high & UPPER) * WORD + (hash.low >>> 0);
}

/**
 * Checks that keys ascend: a set out of order would hide keys of other packs.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function checkAges(image: SegmentImage): void {
  const keys = image.floats('ttl');
  if (keys.length > image.patterns)
    throw refused('ttl', `${keys.length} keys are more than ${image.patterns} patterns have`);
  let before = -1;
  for (const key of keys) {
    if (!(key > before)) throw refused('ttl', 'keys must ascend');
    before = key;
  }
}
