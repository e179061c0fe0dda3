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

const COMBINATORS: readonly string[] = ['anyOf', 'oneOf', 'allOf'];

/** Whether a schema is made of alternatives or parts. */
export function isCombined(schema: unknown): boolean {
  return COMBINATORS.some((key) => Array.isArray(own(schema, key)));
}

/** Whether a schema is written in another dialect than draft 2020-12, in one of the ways Arc can translate. */
export function hasDialect(schema: unknown, depth = 0): boolean {
  if (!isRecord(schema) || depth >= MAX_DEPTH) return false;
  for (const key of Object.keys(schema)) {
    const value = schema[key];
    if (isOdd(key, value)) return true;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value) ? hasOddItem(key, listOf(value), depth) : hasOddMember(key, value, depth))
      return true;
  }
  return false;
}

/** Whether this level of a schema is. */
export function isDialect(schema: unknown): boolean {
  return isRecord(schema) && Object.keys(schema).some((key) => isOdd(key, schema[key]));
}

function hasOddItem(key: string, items: readonly unknown[], depth: number): boolean {
  if (!MANY.includes(key)) return false;
  for (const item of items) if (hasDialect(item, depth + 1)) return true;
  return false;
}

function hasOddMember(key: string, value: unknown, depth: number): boolean {
  if (ONE.includes(key)) return hasDialect(value, depth + 1);
  if (!NAMED.includes(key) || !isRecord(value)) return false;
  for (const name of Object.keys(value)) if (hasDialect(value[name], depth + 1)) return true;
  return false;
}

/** Whether a keyword has a value that draft 2020-12 does not know. */
function isOdd(key: string, value: unknown): boolean {
  switch (key) {
    case 'type':
      return value !== undefined && !isType(value);
    case 'required':
      return value !== undefined && !isNameList(value);
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return typeof value === 'boolean';
    case 'items':
      return value === null || Array.isArray(value);
    case 'properties':
    case 'enum':
      return value === null;
    default:
      return false;
  }
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
