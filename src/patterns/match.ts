// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
import type { CompiledPattern } from './compile.js';
import type { RequestFacts } from './facts.js';
import { createSegment, type Segment } from './index/segment.js';

/** Finds the patterns a request falls under. The set never changes; a new set is a new matcher. */
export interface Matcher {
  /** Number of patterns looked through, dead and switched-off ones included. */
  readonly size: number;
  /**
   * The living patterns that fit, highest priority first, ties by id.
   * @param now - milliseconds since the epoch.
   * @returns one shared frozen empty list when nothing fits.
   */
  match(facts: RequestFacts, now: number): readonly CompiledPattern[];
}

const NONE: readonly CompiledPattern[] = Object.freeze([]);

/** A matcher over patterns that are indexed here. */
export function createMatcher(patterns: readonly CompiledPattern[]): Matcher {
  return matcherOf([createSegment(patterns)]);
}

/** A matcher over segments none of whose patterns stands in the way of another's. */
function matcherOf(segments: readonly Segment[]): Matcher {
  return {
    size: segments.reduce((sum, segment) => sum + segment.size, 0),
    match(facts, now) {
      const found: CompiledPattern[] = [];
      for (const segment of segments) segment.match(facts, now, found);
      if (found.length === 0) return NONE;
      return found.length === 1 ? found : found.sort(byPriority);
    },
  };
}

function byPriority(a: CompiledPattern, b: CompiledPattern): number {
  if (a.definition.priority !== b.definition.priority) return b.definition.priority - a.definition.priority;
  return a.definition.id < b.definition.id ? -1 : 1;
}
