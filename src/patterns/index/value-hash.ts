// HOT: runs several times on every LLM call. Benchmark: npm run bench -- match
/**
 * 64-bit hashes of what a request holds, as two signed 32-bit halves (signed, because V8 boxes integers from 2^31 on).
 * They propose and never decide: a candidate found by a hash is tested by its pattern before it counts.
 */

/** The last hash computed: reading it from here costs no object. */
export const hash = { low: 0, high: 0 };

/** Texts longer than this many UTF-16 units are known by their ends and their length. */
const WHOLE_TEXT = 256;
const END = 128;

const NUMBER = new Float64Array(1);
const BITS = new Int32Array(NUMBER.buffer);

/** Begins a hash; hashes of different seeds have nothing to do with each other. */
export function begin(seed: number): void {
  hash.low = seed ^ 0x243f6a88;
  hash.high = Math.imul(seed, 0x9e3779b1) ^ 0x13198a2e;
}

/** Takes in a number of 32 bits. */
export function addWord(word: number): void {
  hash.low = Math.imul(hash.low ^ word, 0x85ebca6b);
  hash.low ^= hash.low >>> 15;
  hash.high = Math.imul(hash.high ^ word, 0x9e3779b1) ^ (hash.high >>> 13);
}

/** Takes in the UTF-16 units of a part of a text. */
export function addUnits(text: string, from: number, to: number): void {
  let { low, high } = hash;
  for (let index = from; index < to; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 15;
    high = Math.imul(high ^ unit, 0x9e3779b1) ^ (high >>> 13);
  }
  hash.low = low;
  hash.high = high;
}

/** Takes in a scalar of JSON. @returns false for what is none: such a value equals no scalar of a pattern. */
export function addScalar(value: unknown): boolean {
  if (typeof value === 'string') addText(value);
  else if (typeof value === 'number') addNumber(value);
  else if (typeof value === 'boolean') addWord(value ? 3 : 5);
  else if (value === null) addWord(7);
  else return false;
  return true;
}

function addText(text: string): void {
  addWord(text.length);
  if (text.length <= WHOLE_TEXT) return addUnits(text, 0, text.length);
  addUnits(text, 0, END);
  addUnits(text, text.length - END, text.length);
}

/** Zero has two forms that are equal. */
function addNumber(number: number): void {
  NUMBER[0] = number + 0;
  addWord(BITS[0] ?? 0);
  addWord(BITS[1] ?? 0);
}

/** Ends a hash: every bit that went in reaches every bit that comes out. @see Appleby, MurmurHash3, public domain */
export function finish(): void {
  const { low, high } = hash;
  hash.low = mix(low ^ (high >>> 16));
  hash.high = mix(high ^ Math.imul(low, 0xc2b2ae35));
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
