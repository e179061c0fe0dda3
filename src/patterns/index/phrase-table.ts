// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
import { hashBytes } from './gram-hash.js';

/**
 * Phrases by the bytes in them, as arrays that workers can share. A key is the hash of one gram of a phrase. Where many
 * phrases share a gram, they are told apart by the bytes behind and then in front of it: each step leads to a further
 * key, so that a look-up follows only what really stands in the text.
 */
export interface PhraseTable {
  /** Bloom filter of the keys, three bits of one word for each. */
  readonly filter: Int32Array;
  /** Two numbers a slot: half of the key's hash, and what is there: 0 nothing, n > 0 entry n - 1, n < 0 the node at -n. */
  readonly slots: Int32Array;
  /**
   * First the salt that is part of every seed. Nodes: number of entries, with a bit from 2^24 on for each kind of
   * {@link STEPS} that leads on; then the entries: the phrase times 256 plus the gram's place in it. Also the lists of
   * patterns, each behind its length.
   */
  readonly lists: Int32Array;
  /** Three numbers a phrase: bytes compared, their hash, and its patterns: n > 0 pattern n - 1, n < 0 the list at -n. */
  readonly phrases: Int32Array;
}

/** Words of a slot, and of a phrase. */
export const SLOT = 2;
export const PHRASE = 3;
/** Bit of a node's header for the first kind of step. */
export const KIND_BIT = 24;
/** Bits of an entry that say where the gram stands. */
export const OFFSET_BITS = 8;
/** The step that may be taken again and again; each of the others once on its side, after it. */
export const LONGEST_STEP = 8;
/** Bytes a step compares: forwards, then backwards. */
export const STEPS: readonly number[] = [8, 4, 2, 1, -8, -4, -2, -1];

/** Seeds of the hash of a whole phrase and of the second half of a key. */
export const PHRASE_SEED = 0x3c6ef372;
export const CHECK_SEED = 0x1f83d9ab;

/** Whether a key may be there, by the first half of its hash: a look-up of one that is not costs a miss of the cache. */
export function mayHoldKey(filter: Int32Array, low: number): boolean {
  const word = filter[low & (filter.length - 1)] ?? 0;
  return ((word >>> (low >>> 27)) & (word >>> (low >>> 22)) & (word >>> (low >>> 17)) & 1) === 1;
}

/** Adds to the filter. */
export function addToFilter(filter: Int32Array, low: number): void {
  const at = low & (filter.length - 1);
  filter[at] = (filter[at] ?? 0) | (1 << (low >>> 27)) | (1 << (low >>> 22)) | (1 << (low >>> 17));
}

/** What a key leads to; 0 for nothing. */
export function refOf(slots: Int32Array, low: number, high: number): number {
  const mask = slots.length / SLOT - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const ref = slots[slot * SLOT + 1] ?? 0;
    if (ref === 0 || slots[slot * SLOT] === high) return ref;
  }
}

/** First half of the key a step leads to. @param at - where the bytes it compares begin. */
export function stepLow(view: DataView, at: number, step: number, low: number): number {
  return hashBytes(view, at, Math.abs(step), low + step);
}

/** Second half of the key a step leads to. */
export function stepHigh(view: DataView, at: number, step: number, high: number): number {
  return hashBytes(view, at, Math.abs(step), Math.imul(high, 0x9e3779b1) - step);
}
