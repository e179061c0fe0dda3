import type { FindingName } from './findings/finding-names.js';
import { isRecord, listOf, own } from './own.js';

/** Deepest schema that is looked at. Google takes far fewer levels, and a caller's object may be cyclic. */
export const MAX_SCHEMA_DEPTH = 32;

/** Keywords of Google's Schema, which is a subset of OpenAPI 3.0. @see https://ai.google.dev/api/caching#Schema */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'type format title description nullable enum maxItems minItems properties required minProperties maxProperties ' +
    'minLength maxLength pattern example anyOf propertyOrdering default items minimum maximum ' +
    'max_items min_items min_properties max_properties min_length max_length any_of property_ordering'
  ).split(' '),
);

/** Keywords that Vertex AI takes beside them. @see https://cloud.google.com/vertex-ai/docs/reference/rest/v1/Schema */
const VERTEX_KEYWORDS: ReadonlySet<string> = new Set(
  'additionalProperties additional_properties ref defs prefixItems prefix_items'.split(' '),
);

const TYPES: ReadonlySet<string> = new Set(
  ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null', 'type_unspecified'].flatMap(
    (name) => [name, name.toUpperCase()],
  ),
);

/** Formats by type, as the Gemini API takes them. */
const FORMATS: { readonly [type: string]: readonly string[] } = {
  string: ['enum', 'date-time'],
  number: ['float', 'double'],
  integer: ['int32', 'int64', 'enum'],
};

/** True for a keyword of Google's Schema. */
export function isSchemaKeyword(name: string): boolean {
  return KEYWORDS.has(name);
}

/** A schema's type in lower case; an empty text where it is missing or no name. */
export function schemaType(schema: unknown): string {
  const type = own(schema, 'type');
  return typeof type === 'string' ? type.toLowerCase() : '';
}

/** True for the name of a type of Google's. */
export function isSchemaType(type: unknown): boolean {
  return typeof type === 'string' && TYPES.has(type);
}

/** True where a type and a format go together. */
export function isSchemaFormat(type: string, format: unknown): boolean {
  return format === undefined || (FORMATS[type]?.some((known) => known === format) ?? true);
}

/** The alternatives of a schema, in either spelling. */
export function unionOf(schema: unknown): readonly unknown[] {
  return listOf(own(schema, 'anyOf') ?? own(schema, 'any_of'));
}

/** Adds what stands out in a schema and everything inside it. Bounded in depth. */
export function findInSchema(schema: unknown, found: FindingName[], depth = 0): void {
  if (!isRecord(schema) || depth >= MAX_SCHEMA_DEPTH) return;
  findKeywords(schema, found);
  findType(schema, found);
  findEnum(schema, found);
  findMembers(schema, found);
  const properties = own(schema, 'properties');
  if (isRecord(properties)) {
    for (const name in properties)
      if (Object.hasOwn(properties, name)) findInSchema(own(properties, name), found, depth + 1);
  }
  findInSchema(own(schema, 'items'), found, depth + 1);
  for (const option of unionOf(schema)) findInSchema(option, found, depth + 1);
}

function findKeywords(schema: Readonly<Record<string, unknown>>, found: FindingName[]): void {
  const isUnion = unionOf(schema).length > 0;
  for (const key in schema) {
    if (!Object.hasOwn(schema, key) || own(schema, key) === undefined) continue;
    if (VERTEX_KEYWORDS.has(key)) found.push('schema_keyword_of_vertex');
    else if (!KEYWORDS.has(key)) found.push('schema_unknown_keyword');
    else if (isUnion && key !== 'anyOf' && key !== 'any_of') found.push('schema_union_annotated');
  }
  if (isUnion && (own(schema, 'type') ?? own(schema, 'properties') ?? own(schema, 'items')) !== undefined)
    found.push('schema_union_typed');
}

function findType(schema: unknown, found: FindingName[]): void {
  const type = own(schema, 'type');
  if (Array.isArray(type)) found.push('schema_type_list');
  else if (type === undefined || type === null) {
    if (unionOf(schema).length === 0 && !hasCombination(schema)) found.push('schema_type_missing');
  } else if (typeof type !== 'string' || !TYPES.has(type)) found.push('schema_type_unknown');
}

/** A keyword that says the type in another way; it is not taken, and replaced first. */
function hasCombination(schema: unknown): boolean {
  return (
    (own(schema, 'oneOf') ??
      own(schema, 'allOf') ??
      own(schema, 'const') ??
      own(schema, '$ref') ??
      own(schema, 'ref')) !== undefined
  );
}

function findEnum(schema: unknown, found: FindingName[]): void {
  const options = own(schema, 'enum');
  const type = schemaType(schema);
  if (!isSchemaFormat(type, own(schema, 'format'))) found.push('schema_format_unknown');
  if (!Array.isArray(options)) return;
  for (const option of listOf(options)) {
    if (typeof option === 'string' && option !== '') continue;
    found.push('schema_enum_not_text');
    break;
  }
  if (type !== '' && type !== 'string' && options.length > 0) found.push('schema_enum_of_other_type');
}

function findMembers(schema: unknown, found: FindingName[]): void {
  const type = schemaType(schema);
  const properties = own(schema, 'properties');
  const required = own(schema, 'required');
  const items = own(schema, 'items');
  if (type === 'array' && !isRecord(items)) found.push('schema_items_missing');
  if (type === 'object' && isRecord(properties) && Object.keys(properties).length === 0)
    found.push('schema_object_empty');
  if (type !== '' && type !== 'object' && ((properties ?? null) !== null || listOf(required).length > 0))
    found.push('schema_keyword_of_other_type');
  if (type !== '' && type !== 'array' && (items ?? null) !== null) found.push('schema_keyword_of_other_type');
  if ((required ?? null) !== null && hasUndefined(required, properties))
    found.push('schema_required_undefined');
}

/** Whether a list of required names names what is not among the properties, or is no list. */
function hasUndefined(required: unknown, properties: unknown): boolean {
  if (!Array.isArray(required)) return true;
  for (const name of listOf(required))
    if (typeof name !== 'string' || own(properties, name) === undefined) return true;
  return false;
}
