// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { CompiledPattern } from '../compile.js';
import type { RequestFacts } from '../facts.js';

/** Combinations of api, provider and model whose candidates are remembered; a process calls a handful. */
const MAX_COMBINATIONS = 512;

/** A pattern and its number. */
export interface Numbered {
  readonly number: number;
  readonly pattern: CompiledPattern;
}

type ByModel = Map<string | undefined, readonly Numbered[]>;

/**
 * Patterns no index tells apart. Which of them can fit an api, provider and model at all is found out once for each
 * combination.
 * @param patterns - those of an api.
 */
export function createSharedCandidates(
  patterns: (api: string) => readonly Numbered[],
): (facts: RequestFacts) => readonly Numbered[] {
  const byApi = new Map<string, Map<string, ByModel>>();
  let combinations = 0;
  return (facts) => {
    const { api, provider, model } = facts.view;
    const known = byApi.get(api)?.get(provider)?.get(model);
    if (known) return known;
    if (combinations >= MAX_COMBINATIONS) {
      byApi.clear();
      combinations = 0;
    }
    combinations += 1;
    const fitting = patterns(api).filter(({ pattern }) => pattern.applies(facts));
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
