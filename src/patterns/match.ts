// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
import type { CompiledPattern } from './compile.js';
import type { RequestFacts } from './facts.js';
import { countNumbers, type NumberSet } from './index/number-set.js';
import type { Segment } from './index/segment.js';

/** Finds the patterns a request falls under. The set never changes; a new set is a new matcher. */
export interface Matcher {
  /** Number of patterns looked through, dead and switched-off ones included. */
  readonly size: number;
  /**
   * The living patterns that fit, highest priority first, ties by id.
   * @param now - milliseconds since the epoch on the clock the deadlines are on, see `contract/clock.ts`.
   * @returns one shared frozen empty list when nothing fits.
   */
  match(facts: RequestFacts, now: number): readonly CompiledPattern[];
}

/** A segment and which of its patterns do not count, because they were replaced or removed. */
export interface Run {
  readonly segment: Segment;
  readonly hidden: NumberSet | undefined;
}

const NONE: readonly CompiledPattern[] = Object.freeze([]);

/** More apis than there are. */
const MAX_APIS = 256;

/** A matcher over segments. */
export function matcherOver(runs: readonly Run[]): Matcher {
  const byApi = new Map<string, readonly Run[]>();
  const runsFor = (api: string): readonly Run[] => {
    const fitting = runs.filter(({ segment: { apis } }) => apis === undefined || apis.includes(api));
    if (byApi.size >= MAX_APIS) byApi.clear();
    byApi.set(api, fitting);
    return fitting;
  };
  return {
    size: runs.reduce((sum, { segment, hidden }) => sum + segment.size - countNumbers(hidden), 0),
    match(facts, now) {
      const found: CompiledPattern[] = [];
      const { api } = facts.view;
      for (const { segment, hidden } of byApi.get(api) ?? runsFor(api))
        segment.match(facts, now, found, hidden);
      if (found.length === 0) return NONE;
      return found.length === 1 ? found : found.sort(byPriority);
    },
  };
}

function byPriority(a: CompiledPattern, b: CompiledPattern): number {
  if (a.definition.priority !== b.definition.priority) return b.definition.priority - a.definition.priority;
  return a.definition.id < b.definition.id ? -1 : 1;
}
