import type { RequestView } from '../contract/request.js';
import { type ExactKey, exactKey } from './fingerprint.js';
import { FACTS, type FactName } from './fact-table.js';
import { foundBefore } from './findings/findings.js';
import type { FactCache } from './request-pairing.js';
import { createFuzzyText, type FuzzyText } from './similarity.js';

/**
 * One request with everything derived from it so far. Plain data: the functions beside it fill the caches, so that a
 * request that needs no derived fact pays for none.
 */
export interface RequestFacts extends FactCache {
  readonly view: RequestView;
  values: Map<FactName, unknown> | undefined;
  exact: Map<string, ExactKey> | undefined;
  fuzzy: Map<string, FuzzyText> | undefined;
  /** Patterns that were tested, whether or not they fit. */
  candidates: number;
}

/** Starts the facts of a request; computes nothing. */
export function createFacts(view: RequestView): RequestFacts {
  return {
    view,
    pairing: undefined,
    found: undefined,
    values: undefined,
    exact: undefined,
    fuzzy: undefined,
    candidates: 0,
  };
}

/**
 * Starts the facts of a request that was made from another by changing some parameters of a copy. What was found in
 * parameters that are the same object is not looked for again.
 */
export function factsAfter(before: RequestFacts, view: RequestView): RequestFacts {
  const facts = createFacts(view);
  facts.found = foundBefore(before.view, before.found, view);
  return facts;
}

/**
 * A derived fact, computed on first use. May throw whatever the caller's own objects throw when they are read.
 * @example factOf(createFacts(view), 'message_count') // 3
 */
export function factOf(facts: RequestFacts, name: FactName): unknown {
  const values = (facts.values ??= new Map<FactName, unknown>());
  if (values.has(name)) return values.get(name);
  const value = FACTS[name].compute(facts.view, facts);
  values.set(name, value);
  return value;
}

/** The normal form and fingerprint of a text, computed once however many patterns ask. */
export function exactKeyOf(facts: RequestFacts, text: string): ExactKey {
  const keys = (facts.exact ??= new Map<string, ExactKey>());
  let key = keys.get(text);
  if (key === undefined) keys.set(text, (key = exactKey(text)));
  return key;
}

/** The form of a text fuzzy matching compares, computed once however many patterns ask. */
export function fuzzyTextOf(facts: RequestFacts, text: string): FuzzyText {
  const texts = (facts.fuzzy ??= new Map<string, FuzzyText>());
  let fuzzy = texts.get(text);
  if (fuzzy === undefined) texts.set(text, (fuzzy = createFuzzyText(text)));
  return fuzzy;
}
