/** Keywords of JSON Schema that hold one schema. */
export const ONE_SCHEMA: readonly string[] = [
  'items',
  'not',
  'if',
  'then',
  'else',
  'additionalProperties',
  'additionalItems',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Keywords that hold a list of schemas; `items` does too in older drafts. */
export const SCHEMA_LIST: readonly string[] = ['anyOf', 'oneOf', 'allOf', 'prefixItems', 'items'];

/** Keywords that hold schemas by name. */
export const NAMED_SCHEMAS: readonly string[] = [
  'properties',
  '$defs',
  'definitions',
  'patternProperties',
  'dependentSchemas',
];

/** Deepest schema that is looked at. Providers allow far fewer levels, and a caller's object may be cyclic. */
export const MAX_SCHEMA_DEPTH = 32;

/** Most schemas inside one that are looked at; an object that contains itself twice has no end at all. */
export const MAX_SCHEMAS = 20_000;
