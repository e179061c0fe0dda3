// HOT: runs on every LLM call that a pack has similar texts for. Benchmark: npm run bench -- match
import { BINS, SKETCH } from './minhash.js';

/** Bits that are kept of a bin. Of two different bins, one in eight has the same. */
const PLANES = 3;
/** Words of the first bits of all bins, as of the second, and so on. */
const PLANE_WORDS = BINS / 32;
/** Words of the kept bits of a sketch. */
export const BITS_WORDS = PLANES * PLANE_WORDS;
/** Standard deviations of the share of equal bins by which it may lie below what the threshold lets expect. */
const TOLERANCE = 3;

/** Puts the kept bits of the last sketch into words, one plane behind the other. */
export function keepBits(into: Int32Array): void {
  for (let word = 0; word < BITS_WORDS; word += 1) {
    const plane = Math.floor(word / PLANE_WORDS);
    const first = (word % PLANE_WORDS) * 32;
    let bits = 0;
    for (let bit = 0; bit < 32; bit += 1) bits |= (((SKETCH[first + bit] ?? 0) >>> plane) & 1) << bit;
    into[word] = bits;
  }
}

/** Number of bins that are the same as far as they were kept. @param at - where the words of the other sketch begin. */
export function countEqualBins(bits: Int32Array, others: Int32Array, at: number): number {
  let equal = BINS;
  for (let column = 0; column < PLANE_WORDS; column += 1) {
    let differ = 0;
    for (let word = column; word < BITS_WORDS; word += PLANE_WORDS)
      differ |= (bits[word] ?? 0) ^ (others[at + word] ?? 0);
    equal -= countBits(differ);
  }
  return equal;
}

/** How many bins are the same, at least, in texts as similar as the threshold. */
export function leastEqualBins(threshold: number): number {
  const share = threshold + (1 - threshold) / 2 ** PLANES;
  return Math.floor(BINS * share - TOLERANCE * Math.sqrt(BINS * share * (1 - share)));
}

/** Number of bits that are set. @see Warren, "Hacker's Delight", population count */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const quads = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((quads + (quads >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
