import { own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** Most blocks Anthropic lets a request mark for its cache. */
export const MAX_CACHE_MARKS = 4;

/** Marks for the cache seen so far, in the order of the prompt: tools, instructions, messages. */
export interface CacheMarks {
  count: number;
  /** Whether one of five minutes was seen. */
  short: boolean;
}

/** Counts the mark of a tool or block, if it has one. */
export function countMark(holder: unknown, marks: CacheMarks, found: FindingName[]): void {
  const mark = own(holder, 'cache_control') ?? undefined;
  if (mark === undefined) return;
  marks.count += 1;
  if (own(mark, 'ttl') !== '1h') marks.short = true;
  else if (marks.short) found.push('late_long_cache');
}
