import { hashGram } from './gram-hash.js';
import type { FiledPhrases } from './filed-phrases.js';
import { COMPARED_BYTES, LAST_OFFSET, STRIDES } from './strides.js';

/** How often each gram occurs in the phrases, roughly: counters are shared by grams whose hashes end alike. */
export type GramCounts = Uint16Array;

/** Counters at most: 32 MB while a table is built. */
const MAX_COUNTERS = 2 ** 24;
const MAX_COUNT = 65_535;

/** Counts the grams of all phrases. */
export function countGrams(phrases: FiledPhrases): GramCounts {
  const bytes = phrases.sizes.reduce((sum, size) => sum + size, 1);
  const counts = new Uint16Array(Math.min(MAX_COUNTERS, 2 ** Math.ceil(Math.log2(bytes * 2))));
  for (let phrase = 0; phrase < phrases.sizes.length; phrase += 1) {
    const { width, last } = gramsOf(phrases, phrase);
    for (let at = 0; at <= last; at += 1) {
      const counter = counterOf(phrases, phrase, at, width) & (counts.length - 1);
      const count = counts[counter] ?? 0;
      if (count < MAX_COUNT) counts[counter] = count + 1;
    }
  }
  return counts;
}

/** Of a phrase too long to be compared whole, keeps the part around its rarest gram. */
export function cutLongPhrases(phrases: FiledPhrases, counts: GramCounts): void {
  phrases.sizes.forEach((size, phrase) => {
    if (size <= COMPARED_BYTES) return;
    const start = phrases.starts[phrase] ?? 0;
    const { step } = STRIDES[phrases.strides[phrase] ?? 0] ?? { step: 0 };
    const rarest = step === 0 ? 0 : rarestGram(phrases, counts, { phrase, first: 0, step: 1, last: size });
    const from = Math.min(Math.max(0, rarest - COMPARED_BYTES / 2), size - COMPARED_BYTES);
    phrases.starts[phrase] = start + from;
    phrases.sizes[phrase] = COMPARED_BYTES;
  });
}

/**
 * The places of the grams a phrase is filed under: one for each way the steps of a look-up may fall on the phrase, and of
 * the grams that would do, the rarest. Phrases made from one template are so told apart by what differs.
 */
export function chooseGrams(phrases: FiledPhrases, phrase: number, counts: GramCounts): number[] {
  const { step } = STRIDES[phrases.strides[phrase] ?? 0] ?? { step: 0 };
  if (step === 0) return [0];
  return Array.from({ length: step }, (_, first) =>
    rarestGram(phrases, counts, { phrase, first, step, last: LAST_OFFSET }),
  );
}

interface Places {
  readonly phrase: number;
  readonly first: number;
  readonly step: number;
  readonly last: number;
}

function rarestGram(
  phrases: FiledPhrases,
  counts: GramCounts,
  { phrase, first, step, last }: Places,
): number {
  const grams = gramsOf(phrases, phrase);
  let best = first;
  let fewest = MAX_COUNT + 1;
  for (let at = first; at <= Math.min(last, grams.last); at += step) {
    const count = counts[counterOf(phrases, phrase, at, grams.width) & (counts.length - 1)] ?? 0;
    if (count >= fewest) continue;
    best = at;
    fewest = count;
  }
  return best;
}

function gramsOf({ sizes, strides }: FiledPhrases, phrase: number): { width: number; last: number } {
  const { width } = STRIDES[strides[phrase] ?? 0] ?? { width: 1 };
  return { width, last: (sizes[phrase] ?? 0) - width };
}

function counterOf({ view, starts, seeds }: FiledPhrases, phrase: number, at: number, width: number): number {
  return hashGram(view, (starts[phrase] ?? 0) + at, width, seeds[phrase] ?? 0);
}
