// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
import { addWord, begin, finish } from './value-hash.js';

/**
 * Steps at which a text is looked at, and the bytes looked at there. A phrase of at least `step + width - 1` bytes covers,
 * wherever it stands, one position divisible by `step` and the `width` bytes behind it.
 */
export interface Stride {
  readonly step: number;
  readonly width: 4 | 8;
}

/** From the cheapest to the dearest. */
export const STRIDES: readonly Stride[] = [
  { step: 16, width: 8 },
  { step: 8, width: 8 },
  { step: 4, width: 8 },
  { step: 4, width: 4 },
  { step: 1, width: 4 },
];

/** A text as UTF-8, padded so that whole words can be read. */
export interface TextBytes {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** UTF-8 takes at most three bytes for each UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;
const FIRST_BYTES = 65_536;
/** A buffer above this is not kept for the next request. */
const KEPT_BYTES = 4_194_304;

const encoder = new TextEncoder();
let kept = new ArrayBuffer(FIRST_BYTES);

/** Writes a text into a buffer that the next text overwrites. */
export function encodeText(text: string): TextBytes {
  const needed = (text.length * MAX_BYTES_PER_UNIT + 16) & ~3;
  const buffer = needed <= kept.byteLength ? kept : new ArrayBuffer(2 ** Math.ceil(Math.log2(needed)));
  if (buffer.byteLength <= KEPT_BYTES) kept = buffer;
  const bytes = new Uint8Array(buffer);
  const { written } = encoder.encodeInto(text, bytes);
  return { length: written, bytes, words: new Int32Array(buffer) };
}

/** The cheapest stride that finds a phrase of so many bytes; undefined for one that is too short. */
export function strideOf(bytes: number): Stride | undefined {
  return STRIDES.find(({ step, width }) => bytes >= step + width - 1);
}

/** Hashes the gram at a position into `hash` of value-hash.ts. */
export function hashGram({ bytes }: TextBytes, at: number, width: number, seed: number): void {
  begin(seed);
  addWord(wordAt(bytes, at));
  if (width === 8) addWord(wordAt(bytes, at + 4));
  finish();
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}
