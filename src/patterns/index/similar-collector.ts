import { createIntegers, type Integers } from './integers.js';
import { createKeyCollector, otherHalf, type KeyTable } from './key-table.js';
import { BITS_WORDS, keepBits, leastEqualBins } from './sketch-bits.js';
import { bandKey, bandKindOf, bandsOf, filedBandsOf, KIND_SETS, MOST_BANDS } from './sketch-bands.js';
import { sketchText } from './minhash.js';
import type { SimilarTable } from './similar-table.js';
import type { TextParts } from './text-parts.js';

/** Collects known texts for a table. */
export interface SimilarCollector {
  /** @param seed - of the field. */
  add(parts: TextParts, threshold: number, seed: number, number: number): void;
  build(): SimilarTable;
}

/** A band that no more texts have than these is as good as any: a text is not to hang on the rarest of its words alone. */
const FEW = 4;
/** The bands of each set of kinds. */
const BANDS = Array.from({ length: KIND_SETS }, (_, kinds) => bandsOf(kinds));
/** A crowd of more is counted no further. */
const MOST_COUNTED = 2 ** 16 - 1;

/**
 * An empty collector. Texts that share an opening share the bands that lie within it, and a list of thousands says little;
 * so each text is filed under those of its bands that the fewest others have. Any other text shares each of them with the
 * same probability, as long as what is common is changed as readily as what is rare.
 */
export function createSimilarCollector(): SimilarCollector {
  const records = createIntegers();
  const keys = createIntegers();
  const thresholds: number[] = [];
  const bits = new Int32Array(BITS_WORDS);
  return {
    add(parts, threshold, seed, number) {
      sketchText(parts);
      keepBits(bits);
      records.push(number);
      records.push(leastEqualBins(threshold));
      for (const word of bits) records.push(word);
      for (const band of BANDS[bandKindOf(threshold).bit] ?? []) keys.push(bandKey(band, seed));
      thresholds.push(threshold);
    },
    build: () => ({ bands: fileBands(keys, thresholds), records: records.view() }),
  };
}

/** @param keys - of all bands of each text, one text behind the other. */
function fileBands(keys: Integers, thresholds: readonly number[]): KeyTable {
  const table = createKeyCollector();
  const crowds = countCrowds(keys.view());
  const ranked = new Int32Array(MOST_BANDS);
  let start = 0;
  for (const [record, threshold] of thresholds.entries()) {
    const { count } = bandKindOf(threshold);
    for (let band = 0; band < count; band += 1) {
      const crowd = crowds[keys.at(start + band) & (crowds.length - 1)] ?? 0;
      ranked[band] = Math.max(FEW, crowd) * MOST_BANDS + band;
    }
    const order = ranked.subarray(0, count).sort();
    for (const rank of order.subarray(0, filedBandsOf(threshold))) {
      const key = keys.at(start + (rank % MOST_BANDS));
      table.add(key, otherHalf(key), record);
    }
    start += count;
  }
  return table.build();
}

/** How many texts have each band, by the last bits of its key. */
function countCrowds(keys: Int32Array): Uint16Array {
  const crowds = new Uint16Array(2 ** Math.ceil(Math.log2(Math.max(1, keys.length))));
  for (const key of keys) {
    const at = key & (crowds.length - 1);
    crowds[at] = Math.min(MOST_COUNTED, (crowds[at] ?? 0) + 1);
  }
  return crowds;
}
