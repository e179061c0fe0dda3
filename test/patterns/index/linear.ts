import type { Match } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { compilePattern, type CompiledPattern } from '../../../src/patterns/compile.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { createSegment, type Segment } from '../../../src/patterns/index/segment.js';

/** Patterns of these matches, named by their positions. */
export function patternsOf(matches: readonly Match[]): CompiledPattern[] {
  return matches.map((match, index) =>
    compilePattern({
      id: `test.p${index}`,
      version: 1,
      match,
      fix: [{ set: { temperature: 0.7 } }],
      confidence: 1,
      rollout: 1,
      priority: 0,
    }),
  );
}

/** Names of the patterns that fit when all are tried in turn. */
export function tryInTurn(patterns: readonly CompiledPattern[], view: RequestView): string[] {
  return patterns.filter((pattern) => pattern.test(createFacts(view))).map(nameOf);
}

/** Names of the patterns a segment finds. */
export function find(segment: Segment, view: RequestView): string[] {
  const found: CompiledPattern[] = [];
  segment.match(createFacts(view), 0, found);
  return found.map(nameOf).toSorted((a, b) => Number(a.slice(6)) - Number(b.slice(6)));
}

/** A segment of these matches beside the patterns themselves. */
export function segmentOf(matches: readonly Match[]): {
  readonly patterns: CompiledPattern[];
  readonly segment: Segment;
} {
  const patterns = patternsOf(matches);
  return { patterns, segment: createSegment(patterns) };
}

function nameOf({ definition }: CompiledPattern): string {
  return definition.id;
}
