// HOT: runs on every LLM call that a pack has similar texts for. Benchmark: npm run bench -- match
import { BINS, SKETCH } from './minhash.js';

/** Bands of one width, of which a known text is filed under some and a look-up goes through all. */
export interface BandKind {
  /** A bit of its own. */
  readonly bit: number;
  /** Bins of a band. */
  readonly rows: number;
  /**
   * More than there are without a bin in common: the more there are to choose from, the fewer texts share those that are
   * chosen.
   */
  readonly count: number;
}

/** For texts that must be much alike. A band of four bins is shared by few others. */
const WIDE: BandKind = { bit: 1, rows: 4, count: 48 };
/** For the rest, which would have to be filed under too many wide ones. */
const NARROW: BandKind = { bit: 2, rows: 3, count: 84 };
const KINDS = [WIDE, NARROW];
/** Least similarity of texts that are filed under wide bands. */
const LEAST_WIDE = 0.65;
/** Sets of kinds there are, as sums of their bits. */
export const KIND_SETS = 4;
/** Bands of all kinds. */
export const MOST_BANDS = WIDE.count + NARROW.count;
/** From bin to bin when all are used up and it begins anew: any odd number that is far from 1. */
const STEP = 37;
/** Share of texts whose similarity is just the threshold that may have none of the bands their known text is filed under. */
const MISSED = 0.02;

/** The bins of each band, one band behind the other, and where those of each begin. */
const BINS_OF = Uint8Array.from(KINDS.flatMap(binsOfKind));
const STARTS = Uint16Array.from({ length: MOST_BANDS + 1 }, (_, band) =>
  band <= WIDE.count ? band * WIDE.rows : band * NARROW.rows + WIDE.count * (WIDE.rows - NARROW.rows),
);

function binsOfKind({ rows, count }: BandKind): number[] {
  const disjoint = BINS - (BINS % rows);
  return Array.from({ length: rows * count }, (_, place) =>
    place < disjoint ? place : ((place - disjoint) * STEP) % BINS,
  );
}

/** The kind of bands a known text is filed under. */
export function bandKindOf(threshold: number): BandKind {
  return threshold >= LEAST_WIDE ? WIDE : NARROW;
}

/** The bands of some kinds. @param kinds - the sum of their bits. */
export function bandsOf(kinds: number): Uint8Array {
  const all = Uint8Array.from({ length: MOST_BANDS }, (_, band) => band);
  return all.filter((band) => ((band < WIDE.count ? WIDE.bit : NARROW.bit) & kinds) !== 0);
}

/**
 * Bands a known text is filed under. Two texts share a band with a probability of their similarity to the power of its
 * rows, and so all but {@link MISSED} share one of 8 at .8, of 20 at .65, of 30 at .5.
 */
export function filedBandsOf(threshold: number): number {
  const shared = threshold ** bandKindOf(threshold).rows;
  return shared === 1 ? 1 : Math.max(1, Math.ceil(Math.log(MISSED) / Math.log1p(-shared)));
}

/** Hash of a band of the last sketch. @param seed - of the field. */
export function bandKey(band: number, seed: number): number {
  let key = seed ^ Math.imul(band + 1, 0x9e3779b1);
  const end = STARTS[band + 1] ?? 0;
  for (let place = STARTS[band] ?? 0; place < end; place += 1) {
    key = Math.imul(key ^ (SKETCH[BINS_OF[place] ?? 0] ?? 0), 0x85ebca6b);
    key ^= key >>> 15;
  }
  key = Math.imul(key, 0xc2b2ae35);
  return key ^ (key >>> 13);
}
