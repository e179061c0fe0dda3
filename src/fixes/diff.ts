import type { FieldChange } from '../contract/decision.js';
import { isRecord, own } from '../patterns/own.js';

/** Below this many levels a change is reported as a whole. Fixes reach no deeper, but a caller's object may be cyclic. */
const MAX_DEPTH = 16;

const NO_CHANGES: readonly FieldChange[] = Object.freeze([]);

/**
 * What differs between a request before and after a fix, by dotted path. Branches that are the same object are not
 * walked, so the cost follows the change and not the request. A list that grew or shrank is one change.
 */
export function diffParams(before: unknown, after: unknown): readonly FieldChange[] {
  if (before === after) return NO_CHANGES;
  const changes: FieldChange[] = [];
  collect(before, after, [], changes);
  return changes;
}

function collect(before: unknown, after: unknown, path: readonly string[], changes: FieldChange[]): void {
  if (Object.is(before, after)) return;
  const keys = path.length < MAX_DEPTH ? sharedKeys(before, after) : undefined;
  if (keys === undefined) changes.push({ path: path.join('.'), before, after });
  else for (const key of keys) collect(own(before, key), own(after, key), [...path, key], changes);
}

/** The keys to go on with, or undefined when the two values are not of one kind. */
function sharedKeys(before: unknown, after: unknown): Iterable<string> | undefined {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.map((_, index) => String(index));
  if (!isRecord(before) || !isRecord(after)) return undefined;
  return new Set([...Object.keys(before), ...Object.keys(after)]);
}
