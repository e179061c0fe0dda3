// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { CompiledPattern } from '../compile.js';
import type { RequestFacts } from '../facts.js';

/** Combinations of api, provider and model whose candidates are remembered; a process calls a handful. */
const MAX_COMBINATIONS = 512;

type ByModel = Map<string | undefined, readonly CompiledPattern[]>;

/**
 * Patterns no index tells apart. Which of them can fit an api, provider and model at all is found out once for each
 * combination.
 */
export function createSharedCandidates(
  patterns: () => readonly CompiledPattern[],
): (facts: RequestFacts) => readonly CompiledPattern[] {
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
    const fitting = patterns().filter((pattern) => pattern.applies(facts));
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
