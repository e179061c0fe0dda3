// HOT: runs on every LLM call with a candidate. Benchmark: npm run bench -- match
import type { CompiledPattern } from '../compile.js';

/** Patterns by number, compiled when they are first asked for; null for a damaged one. */
export type PatternCache = (number: number) => CompiledPattern | null;

/** Most compiled patterns one segment keeps. */
export const KEPT_PATTERNS = 4_096;

/**
 * Keeps compiled patterns: all of a small segment, of a large one those used last. These stand in two halves: what is used
 * moves into the younger one, and when that is full, the older one is dropped. A hit in the younger half costs one look-up.
 */
export function createPatternCache(
  size: number,
  compile: (number: number) => CompiledPattern | null,
): PatternCache {
  if (size <= KEPT_PATTERNS) return keepAll(compile);
  let young = new Map<number, CompiledPattern | null>();
  let old = young;
  return (number) => {
    const present = young.get(number);
    if (present !== undefined) return present;
    const pattern = old.get(number) ?? compile(number);
    if (young.size >= KEPT_PATTERNS / 2) {
      old = young;
      young = new Map();
    }
    young.set(number, pattern);
    return pattern;
  };
}

function keepAll(compile: (number: number) => CompiledPattern | null): PatternCache {
  const patterns: (CompiledPattern | null)[] = [];
  return (number) => {
    const present = patterns[number];
    return present === undefined ? (patterns[number] = compile(number)) : present;
  };
}
