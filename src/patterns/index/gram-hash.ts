// HOT: runs at every few bytes of a text. Benchmark: npm run bench -- match
/**
 * Hashes of a few bytes, in numbers alone so that the loops that call them are compiled into one piece. Bytes are read in
 * the same order on every machine. Bytes behind the end of a text are read and masked away: buffers need eight to spare.
 */

/** Bytes a buffer needs behind the last one that is looked at. */
export const SPARE_BYTES = 8;

/** Odd numbers that spread bits. */
const A = 0x85ebca6b;
const B = 0x9e3779b1;
const C = 0xc2b2ae35;
const D = 0x27d4eb2f;
const E = 0x2c1b3c6d;

/** What is left of the last word of a gram of so many bytes. */
export function maskOf(width: number): number {
  return width % 4 === 0 ? -1 : (1 << (8 * (width % 4))) - 1;
}

/** Hash of one to four bytes. */
export function hashOne(view: DataView, at: number, mask: number, seed: number): number {
  return mix(Math.imul((view.getInt32(at, true) & mask) ^ seed, A));
}

/** Hash of five to eight bytes. */
export function hashTwo(view: DataView, at: number, mask: number, seed: number): number {
  return mix(
    Math.imul(view.getInt32(at, true) ^ seed, A) ^ Math.imul((view.getInt32(at + 4, true) & mask) ^ ~seed, B),
  );
}

/** Hash of sixteen bytes. */
export function hashFour(view: DataView, at: number, seed: number): number {
  return mix(
    Math.imul(view.getInt32(at, true) ^ seed, A) ^
      Math.imul(view.getInt32(at + 4, true) ^ ~seed, B) ^
      Math.imul(view.getInt32(at + 8, true), C) ^
      Math.imul(view.getInt32(at + 12, true), D),
  );
}

/** Hash of a gram of any width, the one the loops compute. */
export function hashGram(view: DataView, at: number, width: number, seed: number): number {
  if (width > 8) return hashFour(view, at, seed);
  return width > 4 ? hashTwo(view, at, maskOf(width), seed) : hashOne(view, at, maskOf(width), seed);
}

/** Hash of any number of bytes that has nothing to do with the one above. */
export function hashBytes(view: DataView, at: number, length: number, seed: number): number {
  let hash = seed ^ length;
  const end = at + length;
  let from = at;
  for (; from + 4 <= end; from += 4) hash = addWord(hash, view.getInt32(from, true));
  if (from < end) hash = addWord(hash, view.getInt32(from, true) & maskOf(length));
  return mix(hash);
}

function addWord(hash: number, word: number): number {
  const next = Math.imul(hash ^ word, A);
  return Math.imul(next ^ (next >>> 15), B);
}

/** Final mix of 32 bits. @see Appleby, MurmurHash3, public domain */
function mix(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 15), E);
  return mixed ^ (mixed >>> 15);
}
