import type { RequestView } from '../../../src/contract/request.js';
import type { CompiledPattern } from '../../../src/patterns/compile.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { createNumberSet, type NumberSet } from '../../../src/patterns/index/number-set.js';
import type { Segment } from '../../../src/patterns/index/segment.js';

/**
 * How many patterns a look-up puts to their own test, on average: a segment asks of each candidate once whether it is
 * hidden.
 */
export function countCandidates(segments: readonly Segment[], views: readonly RequestView[]): number {
  let asked = 0;
  const found: CompiledPattern[] = [];
  for (const segment of segments) {
    const hidden = new Proxy<NumberSet>(createNumberSet(segment.size), {
      get(set, key) {
        asked += 1;
        return Reflect.get(set, key, set) as unknown;
      },
    });
    for (const view of views) segment.match(createFacts(view), 0, found, hidden);
  }
  return asked / Math.max(1, views.length);
}
