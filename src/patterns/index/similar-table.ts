// HOT: runs on every LLM call that a pack has similar texts for. Benchmark: npm run bench -- match
import { findEachInTable, READ_AHEAD, type KeyTable } from './key-table.js';
import { sketchText } from './minhash.js';
import { createSeenNumbers } from './seen-numbers.js';
import { BITS_WORDS, countEqualBins, keepBits } from './sketch-bits.js';
import { bandKey, bandsOf } from './sketch-bands.js';
import type { TextParts } from './text-parts.js';

/**
 * Known texts by bands of their sketches: three or four bins that are all the same. A known text is a candidate when the text asked
 * for has one of the bands it is filed under and enough bins of the two sketches agree.
 */
export interface SimilarTable {
  /** Positions of records. */
  readonly bands: KeyTable;
  /** Records of {@link RECORD} words: the pattern, how many bins must agree, and some bits of each bin. */
  readonly records: Int32Array;
}

const BITS_AT = 2;
/** Words of a record. */
export const RECORD = BITS_AT + BITS_WORDS;

/** Below this similarity bands would be shared too seldom. */
export const LEAST_SIMILARITY = 0.5;

/** Makes the look-up of one field. @param kinds - of bands to look up. */
export function createSimilarLookUp(
  { bands, records }: SimilarTable,
  kinds: number,
  seed: number,
): (parts: TextParts, found: number[]) => void {
  const seen = createSeenNumbers();
  const bits = new Int32Array(BITS_WORDS);
  const looked = bandsOf(kinds);
  const keys = new Int32Array(looked.length);
  const proposed: number[] = [];
  return (parts, found) => {
    sketchText(parts);
    for (let index = 0; index < looked.length; index += 1) keys[index] = bandKey(looked[index] ?? 0, seed);
    findEachInTable(bands, keys, proposed);
    if (proposed.length === 0) return;
    keepBits(bits);
    let count = 0;
    for (const record of proposed) {
      if (!seen.add(record)) continue;
      const at = record * RECORD;
      proposed[count] = at;
      READ_AHEAD[0] = records[at] ?? 0; // so that the records come from memory at the same time
      count += 1;
    }
    for (let index = 0; index < count; index += 1) {
      const at = proposed[index] ?? 0;
      if (countEqualBins(bits, records, at + BITS_AT) >= (records[at + 1] ?? 0)) found.push(records[at] ?? 0);
    }
    seen.clear();
    proposed.length = 0;
  };
}
