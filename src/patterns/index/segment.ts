// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
import type { CompiledPattern } from '../compile.js';
import type { RequestFacts } from '../facts.js';
import { accessOf } from './access.js';
import { createFiling, type Filing } from './filing.js';
import { createPropose } from './propose.js';
import { createSharedCandidates } from './shared-candidates.js';
import type { TextTables } from './text-steps.js';

/** The patterns of one pack with their index. Never changes. */
export interface Segment {
  readonly size: number;
  /**
   * Adds the living patterns that fit a request, in no order.
   * @param now - milliseconds since the epoch.
   */
  match(facts: RequestFacts, now: number, found: CompiledPattern[]): void;
}

/** Builds a segment in memory. */
export function createSegment(patterns: readonly CompiledPattern[]): Segment {
  const filing = createFiling();
  patterns.forEach(({ definition }, number) => {
    if (definition.mode !== 'off') filing.file(accessOf(definition.match), number);
  });
  const propose = createPropose(filing.plan, tablesOf(filing));
  const shared = createSharedCandidates(() => filing.shared.flatMap((number) => patterns[number] ?? []));
  let numbers: number[] = [];
  return {
    size: patterns.length,
    match(facts, now, found) {
      for (const pattern of shared(facts)) {
        if (pattern.expiresAt > now && pattern.fits(facts)) found.push(pattern);
      }
      const candidates = numbers;
      numbers = []; // a getter of the caller's may send a request of its own meanwhile
      candidates.length = 0;
      propose(facts, candidates);
      for (const [index, number] of candidates.entries()) {
        if (index > 0 && candidates.indexOf(number) < index) continue;
        const pattern = patterns[number];
        if (pattern && pattern.expiresAt > now && pattern.test(facts)) found.push(pattern);
      }
      numbers = candidates;
    },
  };
}

function tablesOf({ keys, phrases, signatures, similar }: Filing): TextTables {
  const allocate = (words: number): Int32Array => new Int32Array(words);
  return {
    keys: keys.build(allocate),
    phrases: phrases.build(allocate),
    similar: similar.build(allocate),
    signatures: signatures.build(allocate).filter,
  };
}
