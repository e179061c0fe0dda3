import { countShared, GRAM_UNITS, gramsOf, listGrams, type GramSet } from './gram-set.js';

/** Similarity two texts must reach when a pattern does not say. */
export const DEFAULT_SIMILARITY = 0.8;

/** Unicode NFKC, lower case, whitespace folded: what fuzzy matching compares. */
export function fuzzyText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** A text in its {@link fuzzyText} form with what is known of its grams, so that many patterns can be compared with it. */
export interface FuzzyText {
  readonly normal: string;
  grams: GramSet | undefined;
  /** The text has more distinct grams than this. */
  moreThan: number;
}

/** A text to compare known ones with. */
export function createFuzzyText(text: string): FuzzyText {
  return { normal: fuzzyText(text), grams: undefined, moreThan: 0 };
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
  const set = known.length < GRAM_UNITS ? undefined : gramsOf(known);
  if (set === undefined) return ({ normal }) => normal === known;
  const list = listGrams(set);
  const fewest = Math.ceil(set.size * threshold);
  const most = Math.floor(set.size / threshold);
  return (text) => {
    if (text.normal.length - GRAM_UNITS + 1 < fewest || text.normal.length < GRAM_UNITS) return false;
    const other = gramsWithin(text, most);
    if (other === undefined || other.size < fewest) return false;
    const shared = countShared(list, other);
    return shared >= threshold * (set.size + other.size - shared);
  };
}

function gramsWithin(text: FuzzyText, limit: number): GramSet | undefined {
  if (text.grams) return text.grams.size <= limit ? text.grams : undefined;
  if (text.moreThan >= limit) return undefined;
  text.grams = gramsOf(text.normal, limit);
  if (text.grams === undefined) text.moreThan = limit;
  return text.grams;
}
