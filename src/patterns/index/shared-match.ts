// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { CompiledPattern } from '../compile.js';
import type { RequestFacts } from '../facts.js';
import { findingsBy } from '../findings/findings.js';
import { hasNumber, type NumberSet } from './number-set.js';
import type { PatternCache } from './pattern-cache.js';
import type { NumbersByName, SharedCandidates } from './shared-candidates.js';

/** A request and where to put what fits it. */
export interface Search {
  readonly facts: RequestFacts;
  /** Milliseconds since the epoch on the steady clock. */
  readonly now: number;
  readonly found: CompiledPattern[];
  /** Numbers that do not count. */
  readonly hidden: NumberSet | undefined;
  readonly patternOf: PatternCache;
}

/** Adds the candidates that fit a request. What it has not, nothing is tested for. */
export function matchShared(candidates: SharedCandidates, search: Search): void {
  const { free, byParameter, byFinding, walks } = candidates;
  if (free.length > 0) testEach(free, search);
  const { facts } = search;
  const { params } = facts.view;
  if (byParameter.size > 0) {
    for (const name of Object.keys(params)) {
      const needing = byParameter.get(name);
      if (needing !== undefined) {
        testEach(needing.numbers, search);
        if (needing.fields !== undefined) testFields(needing.fields, params[name], search);
      }
    }
  }
  for (const walk of walks) {
    for (const finding of findingsBy(walk, facts.view, facts)) {
      const numbers = byFinding.get(finding);
      if (numbers !== undefined) testEach(numbers, search);
    }
  }
}

/** @param byField - candidates by the field of a parameter that they need. */
function testFields(byField: NumbersByName, value: unknown, search: Search): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const numbers of byField.values()) testEach(numbers, search);
    return;
  }
  for (const name of Object.keys(value)) {
    const numbers = byField.get(name);
    if (numbers !== undefined) testEach(numbers, search);
  }
}

function testEach(numbers: readonly number[], { facts, now, found, hidden, patternOf }: Search): void {
  facts.candidates += numbers.length;
  for (const number of numbers) {
    if (hasNumber(hidden, number)) continue;
    const pattern = patternOf(number);
    if (pattern === null || pattern.expiresAt <= now || !pattern.fits(facts)) continue;
    if (!found.includes(pattern)) found.push(pattern); // one that needs any of several things is tested for each
  }
}
