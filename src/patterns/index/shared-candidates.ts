// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { PatternDefinition } from '../../contract/pattern.js';
import { decided, KEY_FIELDS, type KeyField } from '../decided.js';
import type { RequestFacts } from '../facts.js';
import type { FindingName } from '../findings/finding-names.js';
import { walksFor } from '../findings/findings.js';
import { scopeTests } from '../scope.js';
import { needsOf } from './needs.js';

/** Combinations of api, provider and model whose candidates are remembered; a process calls a handful. */
const MAX_COMBINATIONS = 2_048;

const SERVER_FIELDS: readonly KeyField[] = ['api', 'provider'];

/** A pattern and its number. */
export interface Numbered {
  readonly number: number;
  readonly definition: PatternDefinition;
}

/** Numbers of patterns by the name of what they need. */
export type NumbersByName<Name = string> = ReadonlyMap<Name, readonly number[]>;

/** Numbers of patterns that cannot fit a request without a parameter, or without a field of it. */
export interface NeedingParameter {
  readonly numbers: readonly number[];
  readonly fields: NumbersByName | undefined;
}

/**
 * Numbers of the patterns that may fit the calls of one api, provider and model. One that needs any of several things
 * stands under each.
 */
export interface SharedCandidates {
  /** Those that need nothing in particular. */
  readonly free: readonly number[];
  readonly byParameter: ReadonlyMap<string, NeedingParameter>;
  readonly byFinding: NumbersByName<FindingName>;
  /** The walks that may find one of these. */
  readonly walks: readonly number[];
}

interface Combination {
  readonly provider: string;
  readonly model: string | undefined;
  readonly api: string;
  readonly candidates: SharedCandidates;
}

/**
 * Patterns that are not looked up. Which of them can fit an api, provider and model at all is found out once for each
 * combination.
 * @param patterns - those of an api.
 */
export function createSharedCandidates(
  patterns: (api: string) => readonly Numbered[],
): (facts: RequestFacts) => SharedCandidates {
  const known = new Map<string, Combination>();
  const byServer = new Map<string, readonly Numbered[]>();
  let last: Combination | undefined;
  /** Those for a provider, whatever the model: models may be many. */
  const ofServer = (key: string, facts: RequestFacts): readonly Numbered[] => {
    let own = byServer.get(key);
    if (own === undefined) {
      own = patterns(facts.view.api).filter(({ definition }) => mayFit(definition, facts, SERVER_FIELDS));
      if (byServer.size >= MAX_COMBINATIONS) byServer.clear();
      byServer.set(key, own);
    }
    return own;
  };
  return (facts) => {
    const { api, provider, model } = facts.view;
    if (last?.model === model && last?.api === api && last.provider === provider) return last.candidates;
    const server = `${api}\n${provider}`;
    const key = `${server}\n${model ?? '\n'}`;
    last = known.get(key);
    if (last === undefined) {
      last = { api, provider, model, candidates: candidatesFor(ofServer(server, facts), facts) };
      if (known.size >= MAX_COMBINATIONS) known.clear();
      known.set(key, last);
    }
    return last.candidates;
  };
}

function candidatesFor(patterns: readonly Numbered[], facts: RequestFacts): SharedCandidates {
  const free: number[] = [];
  const byParameter = new Map<string, { numbers: number[]; fields: Map<string, number[]> | undefined }>();
  const byFinding = new Map<FindingName, number[]>();
  for (const { number, definition } of patterns) {
    if (!mayFit(definition, facts, KEY_FIELDS)) continue;
    const needs = needsOf(definition.match);
    if (needs === undefined) free.push(number);
    for (const finding of needs?.findings ?? []) entry(byFinding, finding, () => []).push(number);
    for (const [parameter, field] of needs?.parameters ?? []) {
      const needing = entry(byParameter, parameter, () => ({ numbers: [], fields: undefined }));
      if (field === undefined) needing.numbers.push(number);
      else entry((needing.fields ??= new Map<string, number[]>()), field, () => []).push(number);
    }
  }
  const { api } = facts.view;
  const walks = [...new Set([...byFinding.keys()].flatMap((finding) => walksFor(finding, api)))];
  return { free, byParameter, byFinding, walks };
}

/** What cannot be compiled is found out when it is tested, and told there. */
function mayFit(
  { match, scope }: PatternDefinition,
  facts: RequestFacts,
  known: readonly KeyField[],
): boolean {
  try {
    return decided([...scopeTests(scope).shared, ...Object.entries(match)], facts, known) !== false;
  } catch {
    return true;
  }
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const created = create();
  map.set(key, created);
  return created;
}
