import { listOf } from './own.js';

/** Deepest value that is looked at; a caller's object may be cyclic. */
const MAX_DEPTH = 32;

/** Whether every text of a JSON value is free of lone surrogates, which cannot be sent as UTF-8. */
export function isWellFormed(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return true;
  if (Array.isArray(value)) {
    for (const item of listOf(value)) if (!isWellFormed(item, depth + 1)) return false;
    return true;
  }
  if (ArrayBuffer.isView(value)) return true;
  const object = value as Readonly<Record<string, unknown>>; // an object that is no list
  for (const key of Object.keys(object)) if (!isWellFormed(object[key], depth + 1)) return false;
  return true;
}
