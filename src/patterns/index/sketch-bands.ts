// HOT: runs on every LLM call that a pack has similar texts for. Benchmark: npm run bench -- match
import { BINS, SKETCH } from './minhash.js';

/** Bins of a band. */
const ROWS = 3;
/** Bands that share no bin. */
const DISJOINT = Math.floor(BINS / ROWS);
/** Bands of a sketch: the bins in their order, and once more shuffled. */
export const MOST_BANDS = 2 * DISJOINT;
/** From one bin to the next where they are shuffled: any odd number that is far from those of neighbours. */
const STEP = 37;
/** Share of texts whose similarity is just the threshold that may have none of the bands their known text is filed under. */
const MISSED = 0.02;

/** The bins of each band, one band behind the other. */
const BINS_OF = Uint8Array.from({ length: MOST_BANDS * ROWS }, (_, place) =>
  place < DISJOINT * ROWS ? place : ((place - DISJOINT * ROWS) * STEP) % BINS,
);

/**
 * Bands a known text has to choose from, which are those a look-up goes through. Low thresholds need many, and the more
 * there are to choose from, the fewer texts share those that are chosen.
 */
export function bandsOf(threshold: number): number {
  return threshold >= 0.65 ? DISJOINT : MOST_BANDS;
}

/**
 * Bands a known text is filed under. Two texts share a band with a probability of their similarity to the power of
 * {@link ROWS}, and so, as often as not {@link MISSED}, one of 6 at .8, of 13 at .65, of 30 at .5.
 */
export function filedBandsOf(threshold: number): number {
  const shared = threshold ** ROWS;
  return shared === 1 ? 1 : Math.max(1, Math.ceil(Math.log(MISSED) / Math.log1p(-shared)));
}

/** Hash of a band of the last sketch. @param seed - of the field. */
export function bandKey(band: number, seed: number): number {
  let key = seed ^ Math.imul(band + 1, 0x9e3779b1);
  for (let place = band * ROWS; place < (band + 1) * ROWS; place += 1) {
    key = Math.imul(key ^ (SKETCH[BINS_OF[place] ?? 0] ?? 0), 0x85ebca6b);
    key ^= key >>> 15;
  }
  key = Math.imul(key, 0xc2b2ae35);
  return key ^ (key >>> 13);
}

/** The half of a key's hash that goes with it; that of a band is 32 bits, which are enough for its millions. */
export function otherHalf(key: number): number {
  const mixed = Math.imul(key ^ (key >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) ^ 0x1f123bb5;
}
