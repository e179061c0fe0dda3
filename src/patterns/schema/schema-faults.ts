import { isRecord, listOf, own } from '../own.js';
import { NAMED_SCHEMAS } from './keywords.js';
import type { SchemaObject } from './walk-schema.js';

/** The types JSON Schema knows. */
const TYPES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
  'null',
]);

/** Types as programming languages call them. */
const OTHER_TYPES: { readonly [name: string]: string } = {
  str: 'string',
  text: 'string',
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'boolean',
  list: 'array',
  tuple: 'array',
  dict: 'object',
  map: 'object',
  struct: 'object',
  none: 'null',
};

/** Keywords whose value is a list of schemas or of names; a null or an object there is refused. */
const COMBINATORS: readonly string[] = ['oneOf', 'anyOf', 'allOf', 'enum', 'not'];

/** Keywords that must not be null; `default`, `const` and `enum` may name it. */
const NEVER_NULL: readonly string[] = [
  ...NAMED_SCHEMAS,
  'type',
  'items',
  'required',
  'enum',
  'description',
  'title',
  'format',
  'pattern',
  'anyOf',
  'oneOf',
  'allOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'additionalProperties',
];

/** The name JSON Schema has for a type, the name itself where it is right, or undefined where there is none. */
export function standardType(type: string): string | undefined {
  if (TYPES.has(type)) return type;
  const name = type.toLowerCase();
  if (TYPES.has(name)) return name;
  return Object.hasOwn(OTHER_TYPES, name) ? OTHER_TYPES[name] : undefined;
}

/** Whether the schema speaks of lists: its type is `array`, alone or among others. */
export function mayBeArray(schema: SchemaObject): boolean {
  const type = own(schema, 'type');
  return type === 'array' || (Array.isArray(type) && type.includes('array'));
}

/**
 * Whether a schema, without those inside it, breaks a rule that providers check before they take a function: lists without
 * `items`, types no one knows, `required` or `enum` that are no lists, and what libraries write where nothing is (null, and
 * PHP's empty list for an empty object).
 */
export function isFaultySchema(schema: SchemaObject): boolean {
  if (mayBeArray(schema) && !Object.hasOwn(schema, 'items')) return true;
  return isFaultyType(own(schema, 'type')) || hasFaultyValue(schema);
}

function isFaultyType(type: unknown): boolean {
  if (typeof type === 'string') return !TYPES.has(type);
  if (!Array.isArray(type)) return false;
  return type.length === 0 || listOf(type).some((name) => typeof name === 'string' && !TYPES.has(name));
}

function hasFaultyValue(schema: SchemaObject): boolean {
  for (const key of NEVER_NULL) if (schema[key] === null && Object.hasOwn(schema, key)) return true;
  const required = own(schema, 'required');
  if (required !== undefined && !isNameList(required)) return true;
  const values = own(schema, 'enum');
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) return true;
  if (
    typeof own(schema, 'exclusiveMinimum') === 'boolean' ||
    typeof own(schema, 'exclusiveMaximum') === 'boolean'
  )
    return true;
  return Array.isArray(own(schema, 'properties')) || Array.isArray(own(schema, 'items'));
}

function isNameList(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const names = listOf(value);
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

/** Whether a function's parameters are no object schema yet and can become one. */
export function isFaultyRoot(schema: SchemaObject): boolean {
  const type = own(schema, 'type');
  if (hasRootCombinator(schema)) return false;
  if (type === undefined || type === null) return true;
  const isObject = typeof type === 'string' && standardType(type) === 'object';
  return isObject && !isRecord(own(schema, 'properties'));
}

/** Whether a function's parameters choose between schemas on top, where providers want one object. */
export function hasRootCombinator(schema: SchemaObject): boolean {
  for (const key of COMBINATORS) if (own(schema, key) !== undefined) return true;
  return false;
}
