// HOT: runs on every LLM call that a pack has similar texts for. Benchmark: npm run bench -- match
import { createKeyCollector, findInTable, type KeyTable } from './key-table.js';
import { BINS, SKETCH, sketchText } from './minhash.js';
import { createIntegers } from './integers.js';
import { createSeenNumbers } from './seen-numbers.js';
import type { TextParts } from './text-parts.js';

/**
 * Known texts by the bands of their sketches: four bins that are all the same. A known text is a candidate when it shares
 * a band with the text asked for and enough bits of the two sketches agree.
 */
export interface SimilarTable {
  /** Positions of records. */
  readonly bands: KeyTable;
  /** Records of {@link RECORD} words: the pattern, how many bits must agree, and one bit of each bin. */
  readonly records: Int32Array;
}

/** Collects known texts for a table. */
export interface SimilarCollector {
  /** @param seed - of the field. */
  add(parts: TextParts, threshold: number, seed: number, number: number): void;
  build(): SimilarTable;
}

/** Words of a record. */
export const RECORD = 6;
const BITS_AT = 2;
const ROWS = 4;
/** Bands of a sketch. */
export const MOST_BANDS = BINS / ROWS;
/** Standard deviations of the share of equal bits by which it may lie below what the threshold lets expect. */
const TOLERANCE = 3.5;

/** Below this similarity bands of four would be shared too seldom. */
export const LEAST_SIMILARITY = 0.5;

/**
 * Bands a known text is filed under. Two texts whose similarity is just the threshold share one of them with a probability
 * of 1 - (1 - threshold⁴)ⁿ: .98 at .8, .95 at .65, .87 at .5, and soon nearly 1 above.
 */
export function bandsOf(threshold: number): number {
  if (threshold >= 0.8) return 8;
  return threshold >= 0.65 ? 16 : MOST_BANDS;
}

/** An empty collector. */
export function createSimilarCollector(): SimilarCollector {
  const bands = createKeyCollector();
  const records = createIntegers();
  return {
    add(parts, threshold, seed, number) {
      sketchText(parts);
      const record = records.length / RECORD;
      records.push(number);
      records.push(leastEqualBits(threshold));
      for (let word = 0; word < RECORD - BITS_AT; word += 1) records.push(bitsOf(word));
      for (let band = 0; band < bandsOf(threshold); band += 1) {
        bands.add(bandKey(band, seed), bandKey(band, ~seed), record);
      }
    },
    build: () => ({ bands: bands.build(), records: records.view() }),
  };
}

/** Makes the look-up of one field. @param count - bands to look up. */
export function createSimilarLookUp(
  { bands, records }: SimilarTable,
  count: number,
  seed: number,
): (parts: TextParts, found: number[]) => void {
  const seen = createSeenNumbers();
  const bits = new Int32Array(RECORD - BITS_AT);
  const proposed: number[] = [];
  return (parts, found) => {
    sketchText(parts);
    for (let word = 0; word < bits.length; word += 1) bits[word] = bitsOf(word);
    for (let band = 0; band < count; band += 1) {
      findInTable(bands, bandKey(band, seed), bandKey(band, ~seed), proposed);
    }
    if (proposed.length === 0) return;
    for (const record of proposed) {
      if (!seen.add(record)) continue;
      const at = record * RECORD;
      let equal = BINS;
      for (let word = 0; word < bits.length; word += 1) {
        equal -= countBits((bits[word] ?? 0) ^ (records[at + BITS_AT + word] ?? 0));
      }
      if (equal >= (records[at + 1] ?? 0)) found.push(records[at] ?? 0);
    }
    seen.clear();
    proposed.length = 0;
  };
}

/** Of texts as similar as the threshold, half the different bins agree in their last bit by chance. */
function leastEqualBits(threshold: number): number {
  const share = (1 + threshold) / 2;
  return Math.floor(BINS * share - TOLERANCE * Math.sqrt(BINS * share * (1 - share)));
}

/** The last bits of 32 bins. */
function bitsOf(word: number): number {
  let bits = 0;
  for (let bit = 0; bit < 32; bit += 1) bits |= ((SKETCH[word * 32 + bit] ?? 0) & 1) << bit;
  return bits;
}

/** Half of the hash of a band; each half has a seed of its own. */
function bandKey(band: number, seed: number): number {
  let key = seed ^ Math.imul(band + 1, 0x9e3779b1);
  for (let bin = band * ROWS; bin < (band + 1) * ROWS; bin += 1) {
    key = Math.imul(key ^ (SKETCH[bin] ?? 0), 0x85ebca6b);
    key ^= key >>> 15;
  }
  key = Math.imul(key, 0xc2b2ae35);
  return key ^ (key >>> 13);
}

/** Number of bits that are set. @see Warren, "Hacker's Delight", population count */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const quads = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((quads + (quads >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
