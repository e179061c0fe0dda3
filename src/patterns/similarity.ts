import { countShared, GRAM_UNITS, listGrams, takeGrams } from './gram-set.js';

/** Similarity two texts must reach when a pattern does not say. */
export const DEFAULT_SIMILARITY = 0.8;

/** Whitespace that is not one space between two words. */
const UNEVEN = /[^\S ]| {2}|^ | $/u;

/** Unicode NFKC, lower case, whitespace folded: what fuzzy matching compares. */
export function fuzzyText(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  return UNEVEN.test(lower) ? lower.replace(/\s+/gu, ' ').trim() : lower;
}

/** A text in its {@link fuzzyText} form with what is known of its grams, so that many patterns can be compared with it. */
export interface FuzzyText {
  readonly normal: string;
  /** Number of its distinct grams; 0 as long as they were not counted. */
  grams: number;
  /** The text has more distinct grams than this. */
  moreThan: number;
  /** Which taking in of grams was of this text. */
  taken: number;
}

/** Counts what was taken in; only of the last are the grams still there. */
let taken = 0;

/** A text to compare known ones with. */
export function createFuzzyText(text: string): FuzzyText {
  return { normal: fuzzyText(text), grams: 0, moreThan: 0, taken: -1 };
}

/**
 * Compiles a fuzzy test against a known text.
 * @param to - the known text, in any form.
 * @param threshold - least Jaccard similarity of the two sets of character 4-grams, above 0 to 1. A text of fewer than four
 * characters is its own only gram.
 * @returns a test of a text. It stops as soon as the other text has too many different 4-grams to reach the threshold, so
 * that a long prompt costs no more than the known text allows.
 * @example similarTo('Say hello to Ann', 0.8)(createFuzzyText('say  Hello to Anna')) // true
 */
export function similarTo(to: string, threshold: number): (text: FuzzyText) => boolean {
  const known = fuzzyText(to);
  if (known.length < GRAM_UNITS) return ({ normal }) => normal === known;
  taken += 1;
  const list = listGrams(known);
  const size = list.length / 2;
  const fewest = Math.ceil(size * threshold);
  const most = Math.floor(size / threshold);
  return (text) => {
    if (text.normal.length - GRAM_UNITS + 1 < fewest || text.normal.length < GRAM_UNITS) return false;
    if (!takeWithin(text, most) || text.grams < fewest) return false;
    const shared = countShared(list);
    return shared >= threshold * (size + text.grams - shared);
  };
}

/** Takes in the grams of a text, unless they are in already. @returns false when they are more than the limit. */
function takeWithin(text: FuzzyText, limit: number): boolean {
  if (text.grams > limit || text.moreThan >= limit) return false;
  if (text.taken === taken) return true;
  taken += 1;
  const count = takeGrams(text.normal, limit);
  if (count < 0) {
    text.moreThan = limit;
    return false;
  }
  text.grams = count;
  text.taken = taken;
  return true;
}
