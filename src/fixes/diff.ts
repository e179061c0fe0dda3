import type { FieldChange } from '../contract/decision.js';
import { isRecord, own } from '../patterns/own.js';
import { sameItems } from './copy.js';

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
  collect({ path: '', before, after }, 0, changes);
  return changes;
}

function collect(change: FieldChange, depth: number, changes: FieldChange[]): void {
  const { path, before, after } = change;
  if (depth >= MAX_DEPTH || !areOfOneKind(before, after)) {
    changes.push(change);
    return;
  }
  const prefix = path === '' ? '' : `${path}.`;
  for (const key of keysOf(before, after)) {
    const [from, to] = [own(before, key), own(after, key)];
    if (!Object.is(from, to)) collect({ path: prefix + key, before: from, after: to }, depth + 1, changes);
  }
}

function areOfOneKind(before: unknown, after: unknown): before is object {
  if (Array.isArray(before)) return Array.isArray(after) && before.length === after.length;
  return isRecord(before) && isRecord(after);
}

/** The keys of both, those of the first in front; what the first has hidden and the second shows is among them. */
function keysOf(before: object, after: unknown): readonly string[] {
  const keys = Object.keys(before);
  if (Array.isArray(before) || !isRecord(after)) return keys;
  const present = Object.keys(after);
  if (sameItems(keys, present)) return keys; // a copy with a value changed
  for (const key of present) if (!Object.prototype.propertyIsEnumerable.call(before, key)) keys.push(key);
  return keys;
}
