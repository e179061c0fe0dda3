/** Length of the character n-grams. Four characters survive typos that break words. */
const GRAM = 4;

/** Similarity two texts must reach when a pattern does not say. */
export const DEFAULT_SIMILARITY = 0.8;

/** Unicode NFKC, lower case, whitespace folded: what fuzzy matching compares. */
export function fuzzyText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/**
 * Compiles a fuzzy test against a known text.
 * @param to - the known text, in any form.
 * @param threshold - least Jaccard similarity of the two sets of character 4-grams, above 0 to 1.
 * @returns a test of a text in its {@link fuzzyText} form. It stops as soon as the other text has too many different
 * 4-grams to reach the threshold, so that a long prompt costs no more than the known text allows.
 * @example similarTo('Say hello to Ann', 0.8)(fuzzyText('say  Hello to Anna')) // true
 */
export function similarTo(to: string, threshold: number): (normal: string) => boolean {
  const known = grams(fuzzyText(to));
  const fewest = Math.ceil(known.size * threshold);
  const most = Math.floor(known.size / threshold);
  return (normal) => {
    if (Math.max(1, normal.length - GRAM + 1) < fewest) return false;
    const other = grams(normal, most);
    if (other === undefined || other.size < fewest) return false;
    let shared = 0;
    for (const gram of other) if (known.has(gram)) shared += 1;
    return shared >= threshold * (known.size + other.size - shared);
  };
}

function grams(text: string): Set<string>;
function grams(text: string, limit: number): Set<string> | undefined;
function grams(text: string, limit = Number.POSITIVE_INFINITY): Set<string> | undefined {
  const found = new Set<string>();
  if (text.length < GRAM) return found.add(text);
  for (let index = 0; index + GRAM <= text.length; index += 1) {
    found.add(text.slice(index, index + GRAM));
    if (found.size > limit) return undefined;
  }
  return found;
}
