// HOT: runs on every LLM call that a pack has exact prompts for. Benchmark: npm run bench -- match
import type { TextParts } from './text-parts.js';
import { addUnits, addWord, begin, finish } from './value-hash.js';

/** Characters of each end that a signature covers, whitespace aside. */
const WINDOW = 64;
/** From here on Unicode's normal form may differ from what is written; below it never does. */
const FIRST_VARIABLE = 0x300;

const UNITS = new Uint16Array(WINDOW);

/**
 * Hashes the first and the last characters of a text that are not whitespace, which the normal form of `exact` leaves as
 * they are. The cost does not grow with the text.
 * @returns false when a character there may be written in several ways: then only the whole normal form tells.
 */
export function signText(parts: TextParts, seed: number): boolean {
  begin(seed);
  if (!addEnd(parts, 1) || !addEnd(parts, -1)) return false;
  finish();
  return true;
}

/** Hashes a whole text that is in its normal form. */
export function fingerprintText(normal: string, seed: number): void {
  begin(seed);
  addWord(normal.length);
  addUnits(normal, 0, normal.length);
  finish();
}

/** The joints between parts are whitespace, and so need no care. */
function addEnd({ texts, count }: TextParts, step: 1 | -1): boolean {
  let taken = 0;
  for (let part = step > 0 ? 0 : count - 1; part >= 0 && part < count && taken < WINDOW; part += step) {
    const text = texts[part] ?? '';
    let index = step > 0 ? 0 : text.length - 1;
    for (; taken < WINDOW && index >= 0 && index < text.length; index += step) {
      const unit = text.charCodeAt(index);
      if (unit >= FIRST_VARIABLE) return false;
      if (isSpace(unit)) continue;
      UNITS[taken] = unit;
      taken += 1;
    }
    // A mark right behind the window would change its last character.
    if (step > 0 && index < text.length && text.charCodeAt(index) >= FIRST_VARIABLE) return false;
  }
  for (let at = 0; at < taken; at += 1) addWord(UNITS[at] ?? 0);
  addWord(taken);
  return true;
}

/** What `\s` holds for below U+0300. */
function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0;
}
