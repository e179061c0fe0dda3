import { listOf } from './own.js';

/** Deepest value that is looked at; a caller's object may be cyclic. */
const MAX_DEPTH = 32;

/** Whether every text of a JSON value is free of lone surrogates, which cannot be sent as UTF-8. */
export function isWellFormed(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH || ArrayBuffer.isView(value))
    return true;
  if (Array.isArray(value)) return listOf(value).every((item) => isWellFormed(item, depth + 1));
  for (const key of Object.keys(value)) {
    if (!isWellFormed((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return false; // an own key
  }
  return true;
}
