// HOT: runs on every LLM call that a pack has similar texts for. Benchmark: npm run bench -- match
import { fuzzyText } from '../similarity.js';
import { wholeText, type TextParts } from './text-parts.js';

/**
 * A sketch of a text: of all its character 4-grams, the one with the least hash in each of 128 bins. The share of equal
 * bins estimates the Jaccard similarity of two texts. Grams are shared out over the bins; while bins are empty, they are
 * shared out again, so that short texts fill all bins too.
 * @see Dahlgaard, Knudsen, Thorup, "Fast similarity sketching", FOCS 2017
 */
export const BINS = 128;

/** The bins of the last sketch; the next one overwrites them. */
export const SKETCH = new Int32Array(BINS);

const BIN_SHIFT = 25;
const VALUE = 2 ** BIN_SHIFT - 1;
const EMPTY = 2 ** BIN_SHIFT;
/** Units that are hashed together. */
const CHUNK = 16_384;
/** Units of a gram but its last. */
const OVERLAP = 3;
/** Hashes that are shared out again; a text of more different grams has no empty bins, but for one in a million. */
const KEPT = 2_048;
/** Times all hashes are shared out at random; what is empty then takes the least of hashes made for it. */
const ROUNDS = 48;
const SPACE = 32;

const UNITS = new Uint16Array(CHUNK);
const HASHES = new Int32Array(KEPT);
/** Hashes met lately, so that a text of few words over and over does not fill the kept ones. */
const RECENT = new Int32Array(1_024);
const FILLED_IN = new Uint8Array(BINS);
/** ASCII as fuzzy matching compares it: lower case, all whitespace as spaces. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, unit) =>
  /\s/.test(String.fromCharCode(unit)) ? SPACE : String.fromCharCode(unit).toLowerCase().charCodeAt(0),
);

/** Sketches a text of any form. Text in ASCII is put into its normal form on the way, without a copy. */
export function sketchText(parts: TextParts): void {
  if (!sketchAscii(parts)) sketchNormal(fuzzyText(wholeText(parts)));
}

/** @returns false at a character beyond ASCII. */
function sketchAscii({ texts, count }: TextParts): boolean {
  SKETCH.fill(EMPTY);
  let length = 0;
  let isSpace = true; // at the beginning there is none to write
  for (let part = 0; part < count; part += 1) {
    const text = texts[part] ?? '';
    if (part > 0 && !isSpace) {
      isSpace = true;
      UNITS[length++] = SPACE;
    }
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= FOLDED.length) return false;
      const folded = FOLDED[unit] ?? 0;
      if (folded === SPACE && isSpace) continue;
      isSpace = folded === SPACE;
      if (length === UNITS.length) length = nextChunk();
      UNITS[length++] = folded;
    }
  }
  finish(isSpace && length > 0 ? length - 1 : length);
  return true;
}

function sketchNormal(text: string): void {
  SKETCH.fill(EMPTY);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (length === UNITS.length) length = nextChunk();
    UNITS[length++] = text.charCodeAt(index);
  }
  finish(length);
}

/** Takes in a full chunk. @returns how many of its units the next begins with. */
function nextChunk(): number {
  hashUnits(UNITS.length);
  UNITS.copyWithin(0, UNITS.length - OVERLAP);
  return OVERLAP;
}

/** Takes in the grams of a chunk, and keeps their hashes if there are no more than {@link KEPT}. */
function hashUnits(length: number): void {
  let high = UNITS[0] ?? 0;
  let low = ((UNITS[1] ?? 0) << 16) | (UNITS[2] ?? 0);
  for (let index = OVERLAP; index < length; index += 1) {
    high = (high << 16) | (low >>> 16);
    low = (low << 16) | (UNITS[index] ?? 0);
    const hash = hashGram(high, low);
    HASHES[(index - OVERLAP) & (KEPT - 1)] = hash;
    const bin = hash >>> BIN_SHIFT;
    const value = hash & VALUE;
    if (value < (SKETCH[bin] ?? 0)) SKETCH[bin] = value;
  }
}

function finish(written: number): void {
  let length = written;
  if (length <= OVERLAP && !SKETCH.some((value) => value < EMPTY)) {
    UNITS.fill(0, length, OVERLAP + 1); // a shorter text is its own only gram
    length = OVERLAP + 1;
  }
  hashUnits(length);
  if (SKETCH.includes(EMPTY)) fillBins(length - OVERLAP <= KEPT ? length - OVERLAP : gather(length));
}

/** The hashes of a chunk, most of them once. Of a text of several chunks, the last has to do. @returns how many. */
function gather(length: number): number {
  RECENT.fill(0);
  let count = 0;
  let high = UNITS[0] ?? 0;
  let low = ((UNITS[1] ?? 0) << 16) | (UNITS[2] ?? 0);
  for (let index = OVERLAP; index < length && count < KEPT; index += 1) {
    high = (high << 16) | (low >>> 16);
    low = (low << 16) | (UNITS[index] ?? 0);
    const hash = hashGram(high, low);
    const recent = (hash >>> 7) & (RECENT.length - 1);
    if (RECENT[recent] === hash) continue;
    RECENT[recent] = hash;
    HASHES[count] = hash;
    count += 1;
  }
  return count;
}

function fillBins(count: number): void {
  for (let bin = 0; bin < BINS; bin += 1) FILLED_IN[bin] = SKETCH[bin] === EMPTY ? ROUNDS : 0;
  for (let round = 1; round < ROUNDS && FILLED_IN.includes(ROUNDS); round += 1) {
    for (let index = 0; index < count; index += 1) {
      const hash = remix(HASHES[index] ?? 0, round);
      const bin = hash >>> BIN_SHIFT;
      if ((FILLED_IN[bin] ?? 0) < round) continue;
      FILLED_IN[bin] = round;
      SKETCH[bin] = Math.min(SKETCH[bin] ?? EMPTY, hash & VALUE);
    }
  }
  for (let bin = FILLED_IN.indexOf(ROUNDS); bin >= 0; bin = FILLED_IN.indexOf(ROUNDS, bin + 1)) {
    for (let index = 0; index < count; index += 1) {
      const value = remix(HASHES[index] ?? 0, ROUNDS + bin) & VALUE;
      SKETCH[bin] = Math.min(SKETCH[bin] ?? EMPTY, value);
    }
  }
}

function remix(hash: number, round: number): number {
  const mixed = Math.imul(hash ^ Math.imul(round, 0x9e3779b1), 0x85ebca6b);
  const next = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return next ^ (next >>> 16);
}

function hashGram(high: number, low: number): number {
  const mixed = Math.imul(Math.imul(high, 0x85ebca6b) ^ low, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
}
