import { isRecord, listOf, own } from '../../patterns/own.js';
import { LOOSE_KEYWORDS, isLooseFormat, isLoosePattern } from '../../patterns/schema/strict-faults.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { mapSchema, withKeyword } from '../schema/map-schema.js';
import { mergeRootChoices } from '../schema/merge-root-choices.js';

/** Where the format of the answer has its schema, in chat completions and in responses. */
const FORMATS = [
  ['response_format', 'json_schema'],
  ['text', 'format'],
];

/**
 * Completes schemas that are declared strict: every object says `additionalProperties: false` and requires all its
 * properties; those that were optional may be null instead. Schemas that are not strict are left alone.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function strictSchema(_api: string, params: Fields): Fields {
  const format = FORMATS.reduce((current, path) => completeAt(current, path, 'schema'), params);
  const tools = listOf(format['tools']);
  const next = rewrite(tools, (tool) => [isRecord(tool) ? completeTool(tool) : tool]);
  return next === tools ? format : copyWith(format, 'tools', next);
}

function completeTool(tool: Fields): Fields {
  const nested = completeAt(tool, ['function'], 'parameters');
  const flat = nested === tool ? completeAt(tool, [], 'parameters') : nested;
  return flat === tool ? completeAt(tool, [], 'input_schema') : flat;
}

/** Completes the schema beside a `strict: true`. */
function completeAt(object: Fields, path: readonly string[], key: string): Fields {
  const holder = getAt(object, path);
  const schema = own(holder, key);
  if (own(holder, 'strict') !== true || !isRecord(schema)) return object;
  const next = mapSchema(schema, strictPart);
  return next === schema ? object : setAt(object, [...path, key], next);
}

/** One schema without what strict ones refuse; what it says of the data stays, but for limits that only narrow it. */
function strictPart(schema: Fields, depth: number): Fields {
  let next = LOOSE_KEYWORDS.reduce(copyWithout, schema);
  if (isLooseFormat(next)) next = copyWithout(next, 'format');
  if (isLoosePattern(next)) next = copyWithout(next, 'pattern');
  const choice = own(next, 'oneOf');
  if (choice !== undefined && own(next, 'anyOf') === undefined)
    next = copyWith(copyWithout(next, 'oneOf'), 'anyOf', choice);
  const all = listOf(own(next, 'allOf'));
  if (all.length === 1 && isRecord(all[0])) next = { ...copyWithout(next, 'allOf'), ...all[0] };
  else if (all.length > 1 && own(next, 'anyOf') === undefined) next = asRecord(mergeRootChoices(next), next);
  return completeObject(depth === 0 ? next : loneReference(next));
}

/** A reference takes no keyword beside it; a choice of one does. */
function loneReference(schema: Fields): Fields {
  const reference = own(schema, '$ref');
  if (reference === undefined || Object.keys(schema).length === 1) return schema;
  return copyWith(copyWithout(schema, '$ref'), 'anyOf', [{ $ref: reference }]);
}

function asRecord(value: unknown, otherwise: Fields): Fields {
  return isRecord(value) ? value : otherwise;
}

/** A map with free keys cannot be strict: it is left for the provider to refuse, rather than turned into something else. */
function completeObject(schema: Fields): Fields {
  const properties = own(schema, 'properties');
  const isOpenMap = isRecord(own(schema, 'additionalProperties'));
  if (!isRecord(properties) || isOpenMap) return schema;
  const required = new Set(listOf(own(schema, 'required')));
  const names = Object.keys(properties);
  const optional = names.filter((name) => !required.has(name));
  const closed =
    own(schema, 'additionalProperties') === false ? schema : copyWith(schema, 'additionalProperties', false);
  if (optional.length === 0)
    return required.size === names.length ? closed : copyWith(closed, 'required', names);
  const nullable = optional.reduce(
    (current, name) => withKeyword(current, name, orNull(own(current, name))),
    properties,
  );
  return copyWith(withKeyword(closed, 'properties', nullable), 'required', names);
}

const NULL_SCHEMA = { type: 'null' } as const;

function orNull(schema: unknown): unknown {
  if (!isRecord(schema)) return schema;
  const type = own(schema, 'type');
  const types = typeof type === 'string' ? [type] : listOf(type);
  if (types.includes('null')) return schema;
  if (types.length > 0) return withNullType(schema, types);
  const options = own(schema, 'anyOf');
  return Array.isArray(options)
    ? copyWith(schema, 'anyOf', [...listOf(options), NULL_SCHEMA])
    : { anyOf: [schema, NULL_SCHEMA] };
}

function withNullType(schema: Fields, types: readonly unknown[]): Fields {
  const typed = copyWith(schema, 'type', [...types, 'null']);
  const options = own(schema, 'enum');
  return Array.isArray(options) && !options.includes(null)
    ? copyWith(typed, 'enum', [...listOf(options), null])
    : typed;
}
