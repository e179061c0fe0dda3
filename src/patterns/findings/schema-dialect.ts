// HOT: runs on every LLM call with tools that a pack has findings for. Benchmark: npm run bench -- match
import { isRecord, listOf, own } from '../own.js';

/** Deepest schema that is looked at. Providers allow far fewer levels, and a caller's object may be cyclic. */
const MAX_DEPTH = 32;

/** Types of JSON Schema. */
export const SCHEMA_TYPES: ReadonlySet<unknown> = new Set([
  'object',
  'array',
  'string',
  'number',
  'integer',
  'boolean',
  'null',
]);

/** Keywords that hold one schema, a list of schemas, or schemas by name. */
export const ONE: readonly string[] = [
  'items',
  'not',
  'additionalProperties',
  'contains',
  'if',
  'then',
  'else',
];
export const MANY: readonly string[] = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
export const NAMED: readonly string[] = ['properties', '$defs', 'definitions', 'patternProperties'];

/** Whether a schema is written in another dialect than draft 2020-12, in one of the ways Arc can translate. */
export function hasDialect(schema: unknown, depth = 0): boolean {
  if (!isRecord(schema) || depth >= MAX_DEPTH) return false;
  if (isDialect(schema)) return true;
  for (const key of ONE) if (hasDialect(own(schema, key), depth + 1)) return true;
  for (const key of MANY)
    for (const item of listOf(own(schema, key))) if (hasDialect(item, depth + 1)) return true;
  for (const key of NAMED) {
    const named = own(schema, key);
    if (!isRecord(named)) continue;
    for (const name of Object.keys(named)) if (hasDialect(own(named, name), depth + 1)) return true;
  }
  return false;
}

/** Whether this level of a schema is. */
export function isDialect(schema: unknown): boolean {
  const type = own(schema, 'type');
  if (type !== undefined && !isType(type)) return true;
  const required = own(schema, 'required');
  if (required !== undefined && !isNameList(required)) return true;
  if (typeof own(schema, 'exclusiveMinimum') === 'boolean') return true;
  if (typeof own(schema, 'exclusiveMaximum') === 'boolean') return true;
  const items = own(schema, 'items');
  const choices = own(schema, 'enum');
  return Array.isArray(items) || items === null || own(schema, 'properties') === null || choices === null;
}

function isType(type: unknown): boolean {
  return Array.isArray(type)
    ? type.length > 0 && type.every((item) => SCHEMA_TYPES.has(item))
    : SCHEMA_TYPES.has(type);
}

function isNameList(required: unknown): boolean {
  return (
    Array.isArray(required) &&
    required.every((name) => typeof name === 'string') &&
    new Set(required).size === required.length
  );
}
