import type { KeyFilter } from './key-filter.js';

/** 32-bit words of a block; a key sets one bit in each. */
const WORDS = 8;

/**
 * Share of keys that were not added and yet pass a filter: the mean, over its blocks, of the chance that eight random bits,
 * one in each word, are all set. Counted from the bits, so it holds for this filter and not only for one of its size.
 * @returns a share from 0 to 1.
 */
export function falsePositiveShare(filter: KeyFilter): number {
  const blocks = filter.length / WORDS;
  let sum = 0;
  for (let block = 0; block < blocks; block += 1) {
    let chance = 1;
    for (let word = 0; word < WORDS; word += 1) chance *= bitsSet(filter[block * WORDS + word] ?? 0) / 32;
    sum += chance;
  }
  return blocks === 0 ? 0 : sum / blocks;
}

/** The same for the filter of phrases, in which a gram sets three bits of one word. */
export function falseGramShare(filter: Int32Array): number {
  const chances = filter.reduce((sum, word) => sum + (bitsSet(word) / 32) ** 3, 0);
  return filter.length === 0 ? 0 : chances / filter.length;
}

function bitsSet(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
