import { isRecord, listOf, own } from '../own.js';
import { MAX_SCHEMAS, MAX_SCHEMA_DEPTH, NAMED_SCHEMAS, ONE_SCHEMA, SCHEMA_LIST } from './keywords.js';

/** A JSON Schema that is an object; the two schemas `true` and `false` hold nothing to look at. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** Looks at one schema; `true` ends the walk. */
export type SchemaVisit = (schema: SchemaObject, depth: number) => boolean;

interface Walk {
  readonly visit: SchemaVisit;
  left: number;
}

const ONE: ReadonlySet<string> = new Set(ONE_SCHEMA);
const LIST: ReadonlySet<string> = new Set(SCHEMA_LIST);
const NAMED: ReadonlySet<string> = new Set(NAMED_SCHEMAS);

/**
 * Visits a schema and every schema inside it, outer ones first, down to {@link MAX_SCHEMA_DEPTH} levels. Values of
 * `default`, `enum`, `const` and `examples` are no schemas and are not entered.
 * @returns whether a visit ended the walk.
 * @example walkSchema(schema, (part) => part['type'] === 'array' && part['items'] === undefined)
 */
export function walkSchema(schema: unknown, visit: SchemaVisit): boolean {
  return isRecord(schema) && walk(schema, 0, { visit, left: MAX_SCHEMAS });
}

function walk(schema: SchemaObject, depth: number, state: Walk): boolean {
  state.left -= 1;
  if (state.left < 0 || depth >= MAX_SCHEMA_DEPTH) return false;
  if (state.visit(schema, depth)) return true;
  for (const key of Object.keys(schema)) {
    const value = own(schema, key);
    if (typeof value !== 'object' || value === null) continue;
    if (walkKeyword(key, value, depth + 1, state)) return true;
  }
  return false;
}

function walkKeyword(key: string, value: object, depth: number, state: Walk): boolean {
  if (Array.isArray(value)) {
    if (!LIST.has(key)) return false;
    for (const item of listOf(value)) if (isRecord(item) && walk(item, depth, state)) return true;
    return false;
  }
  if (ONE.has(key)) return isRecord(value) && walk(value, depth, state);
  if (!NAMED.has(key)) return false;
  for (const name of Object.keys(value)) {
    const item = own(value, name);
    if (isRecord(item) && walk(item, depth, state)) return true;
  }
  return false;
}
