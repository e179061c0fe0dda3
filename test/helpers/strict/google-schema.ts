import { isObject, objectOr, objects, textOr, type Body } from '../../../src/cli/demo/model-server/rule.js';

/** The words of the Gemini API's schemas, a part of OpenAPI 3.0. */
const WORDS = new Set(
  (
    'type format title description nullable enum maxItems minItems properties required minProperties maxProperties minLength ' +
    'maxLength pattern example anyOf propertyOrdering default items minimum maximum'
  ).split(' '),
);

/** What Vertex AI knows beside them. */
const WORDS_OF_VERTEX = new Set(['additionalProperties', 'ref', 'defs', '$ref', '$defs']);

/**
 * What Google finds wrong with a schema, in its wording.
 * @see https://ai.google.dev/api/caching#Schema
 */
export function googleSchemaFault(schema: Body, place: string, isVertex: boolean): string | undefined {
  return (
    wordFault(schema, place, isVertex) ?? typeFault(schema, place) ?? childFault(schema, place, isVertex)
  );
}

function wordFault(schema: Body, place: string, isVertex: boolean): string | undefined {
  const word = Object.keys(schema).find(
    (name) => !WORDS.has(camelWord(name)) && !(isVertex && WORDS_OF_VERTEX.has(name)),
  );
  if (word !== undefined)
    return `Invalid JSON payload received. Unknown name "${word}" at '${place}': Cannot find field.`;
  if (Array.isArray(schema['type']))
    return `Invalid JSON payload received. Unknown name "type" at '${place}': Proto field is not repeating, cannot start list.`;
  return undefined;
}

function camelWord(name: string): string {
  return name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function typeFault(schema: Body, place: string): string | undefined {
  const type = textOr(schema['type']).toUpperCase();
  const say = (field: string, words: string): string =>
    `* GenerateContentRequest.${place}.${field}: ${words}\n`;
  if (type === 'ARRAY' && !isObject(schema['items'])) return say('items', 'missing field.');
  if (type === 'OBJECT' && Object.keys(objectOr(schema['properties'])).length === 0)
    return say('properties', 'should be non-empty for OBJECT type');
  const names = Object.keys(objectOr(schema['properties']));
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const extra = required.findIndex((name) => !names.includes(String(name)));
  if (type === 'OBJECT' && extra >= 0) return say(`required[${extra}]`, 'property is not defined');
  if (
    type === 'STRING' &&
    typeof schema['format'] === 'string' &&
    !['enum', 'date-time'].includes(schema['format'])
  )
    return say('format', "only 'enum' and 'date-time' are supported for STRING type");
  return enumFault(schema, place, type);
}

function enumFault(schema: Body, place: string, type: string): string | undefined {
  const values: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const other = values.findIndex((value) => typeof value !== 'string');
  if (other >= 0)
    return `Invalid value at '${place}.enum[${other}]' (TYPE_STRING), ${JSON.stringify(values[other])}`;
  if (values.length > 0 && type !== '' && type !== 'STRING')
    return `* GenerateContentRequest.${place}.enum: only allowed for STRING type\n`;
  const empty = values.indexOf('');
  return empty < 0 ? undefined : `* GenerateContentRequest.${place}.enum[${empty}]: cannot be empty\n`;
}

function childFault(schema: Body, place: string, isVertex: boolean): string | undefined {
  const children = [
    ...Object.values(objectOr(schema['properties'])).map(
      (child, at) => [child, `properties[${at}].value`] as const,
    ),
    ...objects(schema['anyOf']).map((child, at) => [child, `any_of[${at}]`] as const),
    [schema['items'], 'items'] as const,
  ];
  for (const [child, name] of children) {
    const fault = isObject(child) ? googleSchemaFault(child, `${place}.${name}`, isVertex) : undefined;
    if (fault) return fault;
  }
  return undefined;
}
