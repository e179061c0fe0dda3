// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
import type { CompiledPattern } from './compile.js';
import type { RequestFacts } from './facts.js';

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

const NONE: readonly CompiledPattern[] = Object.freeze([]);

/** Combinations of api, provider and model whose candidates are remembered; a process calls a handful. */
const MAX_KEYS = 512;

/**
 * A matcher that tries the patterns in turn. Which of them can fit an api, provider and model at all is found out once for
 * each combination.
 */
export function createLinearMatcher(patterns: readonly CompiledPattern[]): Matcher {
  const ordered = patterns.filter(({ definition }) => definition.mode !== 'off').sort(byPriority);
  const candidates = createCandidates(ordered);
  return {
    size: patterns.length,
    match: (facts, now) => tryEach(candidates(facts), facts, now),
  };
}

type ByModel = Map<string | undefined, readonly CompiledPattern[]>;

function createCandidates(
  ordered: readonly CompiledPattern[],
): (facts: RequestFacts) => readonly CompiledPattern[] {
  const byApi = new Map<string, Map<string, ByModel>>();
  let keys = 0;
  return (facts) => {
    const { api, provider, model } = facts.view;
    const known = byApi.get(api)?.get(provider)?.get(model);
    if (known) return known;
    if (keys >= MAX_KEYS) byApi.clear();
    keys = keys >= MAX_KEYS ? 1 : keys + 1;
    const fitting = ordered.filter((pattern) => pattern.applies(facts));
    const byProvider = entry(byApi, api, () => new Map<string, ByModel>());
    entry(byProvider, provider, (): ByModel => new Map()).set(model, fitting);
    return fitting;
  };
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const created = create();
  map.set(key, created);
  return created;
}

function tryEach(
  patterns: readonly CompiledPattern[],
  facts: RequestFacts,
  now: number,
): readonly CompiledPattern[] {
  let found: CompiledPattern[] | undefined;
  for (const pattern of patterns) {
    if (pattern.expiresAt <= now || !pattern.fits(facts)) continue;
    if (found === undefined) found = [pattern];
    else found.push(pattern);
  }
  return found ?? NONE;
}

function byPriority(a: CompiledPattern, b: CompiledPattern): number {
  if (a.definition.priority !== b.definition.priority) return b.definition.priority - a.definition.priority;
  return a.definition.id < b.definition.id ? -1 : 1;
}
