import type { Effort } from '../benchmark.js';

/** What the index is made for. */
export const MILLION = 1_000_000;

/** Powers of ten from a thousand up to the largest number of patterns asked for. */
export function sizesOf({ patterns = MILLION }: Effort, largest = MILLION): readonly number[] {
  const most = Math.min(patterns, largest);
  const sizes = [1_000, 10_000, 100_000, MILLION].filter((size) => size <= most);
  return sizes.length > 0 ? sizes : [most];
}

/** A number as people read it. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** The name of a row by its number of patterns. */
export function sized(count: number, what: string): string {
  return `${grouped(count)} patterns, ${what}`;
}
