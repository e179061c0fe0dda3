import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** Deepest schema that is repaired. Providers allow far fewer levels, and a caller's object may be cyclic. */
const MAX_DEPTH = 32;

/** Keywords that hold one schema, a list of schemas, or schemas by name. */
const ONE: readonly string[] = ['items', 'not'];
const MANY: readonly string[] = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const NAMED: readonly string[] = ['properties', '$defs', 'definitions'];

/**
 * Completes schemas that are declared strict: every object says `additionalProperties: false` and requires all its
 * properties; those that were optional may be null instead. Schemas that are not strict are left alone.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function strictSchema(_api: string, params: Fields): Fields {
  const format = completeAt(params, ['response_format', 'json_schema'], 'schema');
  const tools = listOf(format['tools']);
  const next = rewrite(tools, (tool) => [isRecord(tool) ? completeTool(tool) : tool]);
  return next === tools ? format : copyWith(format, 'tools', next);
}

function completeTool(tool: Fields): Fields {
  const openai = completeAt(tool, ['function'], 'parameters');
  return openai === tool ? completeAt(tool, [], 'input_schema') : openai;
}

/** Completes the schema beside a `strict: true`. */
function completeAt(object: Fields, path: readonly string[], key: string): Fields {
  const holder = getAt(object, path);
  const schema = own(holder, key);
  if (own(holder, 'strict') !== true || !isRecord(schema)) return object;
  const next = complete(schema, 0);
  return next === schema ? object : setAt(object, [...path, key], next);
}

function complete(schema: unknown, depth: number): unknown {
  if (!isRecord(schema)) return schema;
  if (depth >= MAX_DEPTH) throw new RangeError(`a schema of more than ${MAX_DEPTH} levels`);
  let next: Fields = completeObject(schema);
  for (const key of ONE) next = replace(next, key, complete(own(next, key), depth + 1));
  for (const key of MANY) next = replace(next, key, completeList(own(next, key), depth));
  for (const key of NAMED) next = replace(next, key, completeNamed(own(next, key), depth));
  return next;
}

function completeList(list: unknown, depth: number): unknown {
  return Array.isArray(list) ? rewrite(listOf(list), (item) => [complete(item, depth + 1)]) : list;
}

function completeNamed(named: unknown, depth: number): unknown {
  if (!isRecord(named)) return named;
  return Object.keys(named).reduce(
    (current, name) => replace(current, name, complete(own(current, name), depth + 1)),
    named,
  );
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
  if (optional.length === 0) return closed;
  const nullable = optional.reduce(
    (current, name) => replace(current, name, orNull(own(current, name))),
    properties,
  );
  return copyWith(replace(closed, 'properties', nullable), 'required', names);
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

function replace(object: Fields, key: string, value: unknown): Fields {
  return own(object, key) === value ? object : copyWith(object, key, value);
}
