// HOT: runs for every text that is compared with whole prompts. Benchmark: npm run bench -- match
/**
 * A Bloom filter of the classic form over 64-bit hashes, as `bloom-filters` builds it for large packs: how many bits a key
 * sets, how many bits there are, the bits. Smaller than the blocks of {@link KeyFilter}, which come in powers of two; a key
 * that is not there is mostly told after two looks. Empty when the pack has none.
 */
export type BloomBits = Int32Array;

/** Words before the bits. */
export const BLOOM_HEAD = 2;

/** Position of the nth bit of a key. @returns a whole number below `size`. */
export function bloomBit(nth: number, low: number, high: number, size: number): number {
  return ((low + Math.imul(nth, high | 1)) >>> 0) % size;
}

/** @returns false for a key that was not added; true for every key that was, and for one in a thousand of others. */
export function mayHoldBits(bloom: BloomBits, low: number, high: number): boolean {
  const hashes = bloom[0] ?? 0;
  const size = bloom[1] ?? 1;
  for (let nth = 0; nth < hashes; nth += 1) {
    const bit = bloomBit(nth, low, high, size);
    if (((bloom[BLOOM_HEAD + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}
