import type { Json } from '../../src/contract/request.js';
import type { SqlValue } from './database.js';
import type { Attributes } from './records.js';

/** JSON with the keys of the outer object in order, so that equal attributes give equal texts. */
export function canonicalJson(attributes: Attributes): string {
  const entries = Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

/** Reads back a JSON column this store wrote. */
export function readJson(value: SqlValue | undefined): Json {
  // The store itself wrote the text; the database was checked when it was opened.
  return typeof value === 'string' ? (JSON.parse(value) as Json) : null;
}

/** Reads back a JSON column that holds attributes. */
export function readAttributes(value: SqlValue | undefined): Attributes {
  const json = readJson(value);
  // As above: what was written as attributes is an object.
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Attributes) : {};
}

/** A column as text; null stays null. */
export function readText(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** A column as a number; null stays null. */
export function readNumber(value: SqlValue | undefined): number | null {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}

/** Microseconds since 1970 as an RFC 3339 instant with six digits after the point. */
export function instant(timeUs: number): string {
  const ms = Math.floor(timeUs / 1_000);
  const rest = String(timeUs - ms * 1_000).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', `${rest}Z`);
}
