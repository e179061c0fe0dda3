import { isRecord, listOf, own } from '../own.js';
import type { SchemaObject } from './walk-schema.js';

/** Keywords strict schemas refuse and whose absence only lets more through: nothing the caller reads gets lost. */
export const LOOSE_KEYWORDS: readonly string[] = [
  'default',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
  'uniqueItems',
  'contains',
  'minContains',
  'maxContains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
];

/** Values of `format` strict schemas know. */
const FORMATS: ReadonlySet<unknown> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);

/** Whether `format` names one that strict schemas refuse. */
export function isLooseFormat(schema: SchemaObject): boolean {
  const format = own(schema, 'format');
  return format !== undefined && !FORMATS.has(format);
}

/** Whether `pattern` looks around, which strict schemas refuse. */
export function isLoosePattern(schema: SchemaObject): boolean {
  const pattern = own(schema, 'pattern');
  return typeof pattern === 'string' && /\(\?<?[=!]/.test(pattern);
}

/** Whether a schema, without those inside it, lacks what strict schemas must have, or has what they refuse. */
export function isLooseSchema(schema: SchemaObject): boolean {
  for (const key of LOOSE_KEYWORDS) if (Object.hasOwn(schema, key)) return true;
  if (Object.hasOwn(schema, 'oneOf') || Object.hasOwn(schema, 'allOf')) return true;
  if (isLooseFormat(schema) || isLoosePattern(schema)) return true;
  if (Object.hasOwn(schema, '$ref') && Object.keys(schema).length > 1 && !Object.hasOwn(schema, '$defs')) {
    if (!Object.hasOwn(schema, 'definitions')) return true;
  }
  return isOpenObject(schema) || isOpenMap(schema);
}

function isOpenObject(schema: SchemaObject): boolean {
  const properties = own(schema, 'properties');
  if (!isRecord(properties)) return false;
  if (own(schema, 'additionalProperties') !== false) return true;
  const required = listOf(own(schema, 'required'));
  const names = Object.keys(properties);
  return required.length !== names.length || !names.every((name) => required.includes(name));
}

/** Whether a schema takes objects with free keys, or anything at all, which no strict schema can. */
export function isOpenMap(schema: SchemaObject): boolean {
  if (isUntyped(schema)) return true;
  const type = own(schema, 'type');
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  if (isRecord(own(schema, 'additionalProperties')) || isRecord(own(schema, 'patternProperties')))
    return true;
  return isObject && !isRecord(own(schema, 'properties')) && own(schema, 'additionalProperties') !== false;
}

/** Keywords one of which says what a schema takes. */
const KINDS: readonly string[] = [
  'type',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'enum',
  'const',
  'properties',
  'items',
];

function isUntyped(schema: SchemaObject): boolean {
  for (const key of KINDS) if (Object.hasOwn(schema, key)) return false;
  return true;
}
