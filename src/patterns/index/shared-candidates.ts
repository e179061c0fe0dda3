// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { CompiledPattern } from '../compile.js';
import type { RequestFacts } from '../facts.js';
import { requiredParameters } from './required-parameters.js';

/** Combinations of api, provider and model whose candidates are remembered; a process calls a handful. */
const MAX_COMBINATIONS = 512;

/** A pattern and its number. */
export interface Numbered {
  readonly number: number;
  readonly pattern: CompiledPattern;
}

/** Patterns that cannot fit a request without a parameter. */
export interface NeedingParameter {
  readonly parameter: string;
  readonly patterns: readonly Numbered[];
}

/** Patterns that may fit the calls of one api, provider and model. */
export interface SharedCandidates {
  /** Those that need no parameter in particular. */
  readonly free: readonly Numbered[];
  /** All others; one that needs any of several parameters stands under each. */
  readonly needing: readonly NeedingParameter[];
}

type ByModel = Map<string | undefined, SharedCandidates>;

/**
 * Patterns no index tells apart. Which of them can fit an api, provider and model at all is found out once for each
 * combination.
 * @param patterns - those of an api.
 */
export function createSharedCandidates(
  patterns: (api: string) => readonly Numbered[],
): (facts: RequestFacts) => SharedCandidates {
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
    const fitting = byParameter(patterns(api).filter(({ pattern }) => pattern.applies(facts)));
    const byProvider = entry(byApi, api, () => new Map<string, ByModel>());
    entry(byProvider, provider, (): ByModel => new Map()).set(model, fitting);
    return fitting;
  };
}

function byParameter(patterns: readonly Numbered[]): SharedCandidates {
  const free: Numbered[] = [];
  const needing = new Map<string, Numbered[]>();
  for (const each of patterns) {
    const names = requiredParameters(each.pattern.definition.match);
    if (names === undefined) free.push(each);
    for (const name of names ?? []) entry(needing, name, (): Numbered[] => []).push(each);
  }
  return { free, needing: [...needing].map(([parameter, own]) => ({ parameter, patterns: own })) };
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const created = create();
  map.set(key, created);
  return created;
}
