// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
/** A set of numbers of patterns, one bit each. */
export type NumberSet = Int32Array;

/** An empty set of numbers below `size`. */
export function createNumberSet(size: number): NumberSet {
  return new Int32Array(Math.ceil(size / 32));
}

/** Puts a number in. @returns false when it was there. */
export function addNumber(set: NumberSet, number: number): boolean {
  const word = set[number >> 5] ?? 0;
  set[number >> 5] = word | (1 << (number & 31));
  return set[number >> 5] !== word;
}

/** Whether a number is in a set; nothing is in a set that is left out. */
export function hasNumber(set: NumberSet | undefined, number: number): boolean {
  return set !== undefined && ((set[number >> 5] ?? 0) & (1 << (number & 31))) !== 0;
}

/** How many numbers a set has. */
export function countNumbers(set: NumberSet | undefined): number {
  let count = 0;
  for (let word of set ?? []) for (; word !== 0; word &= word - 1) count += 1;
  return count;
}

/** The numbers of either of two sets; neither is changed. */
export function unionOf(a: NumberSet | undefined, b: NumberSet | undefined): NumberSet | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((word, index) => word | (b[index] ?? 0));
}
