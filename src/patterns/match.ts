// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
import type { CompiledPattern } from './compile.js';
import type { RequestFacts } from './facts.js';

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

/** A matcher that tries the patterns in turn, after leaving out those that name another `api`. */
export function createLinearMatcher(patterns: readonly CompiledPattern[]): Matcher {
  const ordered = patterns.filter(({ definition }) => definition.mode !== 'off').sort(byPriority);
  const anyApi = ordered.filter((pattern) => apiOf(pattern) === undefined);
  const byApi = new Map<string, readonly CompiledPattern[]>();
  for (const api of new Set(ordered.map(apiOf))) {
    if (api === undefined) continue;
    byApi.set(
      api,
      ordered.filter((pattern) => (apiOf(pattern) ?? api) === api),
    );
  }
  return {
    size: patterns.length,
    match: (facts, now) => tryEach(byApi.get(facts.view.api) ?? anyApi, facts, now),
  };
}

function tryEach(
  patterns: readonly CompiledPattern[],
  facts: RequestFacts,
  now: number,
): readonly CompiledPattern[] {
  let found: CompiledPattern[] | undefined;
  for (const pattern of patterns) {
    if (pattern.expiresAt <= now || !pattern.test(facts)) continue;
    if (found === undefined) found = [pattern];
    else found.push(pattern);
  }
  return found ?? NONE;
}

function apiOf({ definition }: CompiledPattern): string | undefined {
  const api = definition.match['api'];
  return typeof api === 'string' ? api : undefined;
}

function byPriority(a: CompiledPattern, b: CompiledPattern): number {
  if (a.definition.priority !== b.definition.priority) return b.definition.priority - a.definition.priority;
  return a.definition.id < b.definition.id ? -1 : 1;
}
