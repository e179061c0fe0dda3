// HOT: runs several times on every LLM call. Benchmark: npm run bench -- match
/**
 * A Bloom filter over 64-bit hashes, in blocks of 32 bytes: one look-up touches one cache line.
 * @see Putze, Sanders, Singler, "Cache-, hash- and space-efficient Bloom filters", JEA 14, 2009
 */
export type KeyFilter = Int32Array;

/** 32-bit words of a block; a key sets one bit in each. */
const WORDS = 8;
/** Bits for each key; false positives are then about one in a thousand. */
const BITS_PER_KEY = 16;
/** Odd numbers that draw eight independent bits from one half of the hash. @see Apache Parquet, split-block Bloom filters */
const SALTS = Int32Array.of(
  0x47b6137b,
  0x44974d91,
  0x8824ad5b,
  0xa2b7289d,
  0x705495c7,
  0x2df1424b,
  0x9efc4947,
  0x5c6bfb31,
);

/** Number of 32-bit words of a filter for so many keys: a power of two of blocks. */
export function filterWords(keys: number): number {
  const blocks = Math.max(1, Math.ceil((keys * BITS_PER_KEY) / (WORDS * 32)));
  return 2 ** Math.ceil(Math.log2(blocks)) * WORDS;
}

/** Adds a key. */
export function addToFilter(filter: KeyFilter, low: number, high: number): void {
  const block = (high & (filter.length / WORDS - 1)) * WORDS;
  for (let word = 0; word < WORDS; word += 1) {
    filter[block + word] = (filter[block + word] ?? 0) | (1 << (Math.imul(low, SALTS[word] ?? 1) >>> 27));
  }
}

/**
 * The first of the bits a key sets: 0 for one that was not added. Asked for many keys one after another, with nothing that
 * depends on the answers, their blocks come from memory at the same time.
 */
export function firstBit(filter: KeyFilter, low: number, high: number): number {
  const block = (high & (filter.length / WORDS - 1)) * WORDS;
  return ((filter[block] ?? 0) >>> (Math.imul(low, SALTS[0] ?? 1) >>> 27)) & 1;
}

/** @returns false for a key that was not added; true for every key that was, and for one in a thousand of others. */
export function mayHold(filter: KeyFilter, low: number, high: number): boolean {
  const block = (high & (filter.length / WORDS - 1)) * WORDS;
  for (let word = 0; word < WORDS; word += 1) {
    const bit = 1 << (Math.imul(low, SALTS[word] ?? 1) >>> 27);
    if (((filter[block + word] ?? 0) & bit) === 0) return false;
  }
  return true;
}
