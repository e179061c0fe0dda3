import { MANY, NAMED, ONE, SCHEMA_TYPES, isDialect } from '../../patterns/findings/schema-dialect.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { replaced } from './map-blocks.js';

/** Deepest schema that is repaired; one with more levels is left for the provider to refuse. */
const MAX_DEPTH = 32;

/** Names of types in other languages. */
const TYPES: { readonly [name: string]: string } = {
  int: 'integer',
  int32: 'integer',
  int64: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  str: 'string',
  text: 'string',
  bool: 'boolean',
  dict: 'object',
  map: 'object',
  record: 'object',
  list: 'array',
  tuple: 'array',
  set: 'array',
  none: 'null',
  nonetype: 'null',
};

/** Translates older dialects: types of other languages, lists of `items`, flags where draft 2020-12 has numbers and lists. */
export function modernSchema(schema: unknown, depth = 0): unknown {
  if (!isRecord(schema) || depth >= MAX_DEPTH) return schema;
  let next: Fields = isDialect(schema) ? modernLevel(schema) : schema;
  next = liftRequired(next);
  for (const key of ONE) next = replacedIfThere(next, key, modernSchema(own(next, key), depth + 1));
  for (const key of MANY) {
    const list = own(next, key);
    if (!Array.isArray(list)) continue;
    next = replacedIfThere(
      next,
      key,
      rewrite(listOf(list), (item) => [modernSchema(item, depth + 1)]),
    );
  }
  for (const key of NAMED) {
    const named = own(next, key);
    if (isRecord(named)) next = replacedIfThere(next, key, modernNamed(named, depth + 1));
  }
  return next;
}

function modernNamed(named: Fields, depth: number): Fields {
  return Object.keys(named).reduce(
    (current, name) => replacedIfThere(current, name, modernSchema(own(current, name), depth)),
    named,
  );
}

function modernLevel(schema: Fields): Fields {
  const withType = modernType(schema);
  const bounded = exclusive(
    exclusive(withType, 'exclusiveMinimum', 'minimum'),
    'exclusiveMaximum',
    'maximum',
  );
  const tupled = modernItems(bounded);
  const filled = own(tupled, 'properties') === null ? copyWithout(tupled, 'properties') : tupled;
  const chosen = own(filled, 'enum') === null ? copyWithout(filled, 'enum') : filled;
  const required = own(chosen, 'required');
  if (required === undefined) return chosen;
  const names = [...new Set(listOf(required).filter((name) => typeof name === 'string'))];
  if (!Array.isArray(required)) return copyWithout(chosen, 'required');
  return names.length === required.length ? chosen : copyWith(chosen, 'required', names);
}

function modernType(schema: Fields): Fields {
  const type = own(schema, 'type');
  if (type === undefined || SCHEMA_TYPES.has(type)) return schema;
  const names = [...new Set((Array.isArray(type) ? listOf(type) : [type]).map(standardType))];
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0 || known.length < names.length) return copyWithout(schema, 'type');
  if (
    Array.isArray(type) &&
    known.length === type.length &&
    known.every((name, index) => name === type[index])
  )
    return schema;
  return copyWith(schema, 'type', known.length === 1 ? known[0] : known);
}

function standardType(type: unknown): string | undefined {
  if (typeof type !== 'string') return undefined;
  const name = type.toLowerCase();
  if (SCHEMA_TYPES.has(name)) return name;
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
}

/** Draft 4: `exclusiveMinimum: true` beside `minimum`. */
function exclusive(schema: Fields, flag: string, bound: string): Fields {
  const value = own(schema, flag);
  if (typeof value !== 'boolean') return schema;
  const limit = own(schema, bound);
  if (!value || typeof limit !== 'number') return copyWithout(schema, flag);
  return copyWithout(copyWith(schema, flag, limit), bound);
}

function modernItems(schema: Fields): Fields {
  const items = own(schema, 'items');
  if (items === null) return copyWithout(schema, 'items');
  if (!Array.isArray(items)) return schema;
  const rest = own(schema, 'additionalItems');
  const tuple = copyWith(copyWithout(schema, 'additionalItems'), 'prefixItems', items);
  return isRecord(rest) || typeof rest === 'boolean'
    ? copyWith(tuple, 'items', rest)
    : copyWithout(tuple, 'items');
}

/** Draft 3: `required: true` inside of a property. */
function liftRequired(schema: Fields): Fields {
  const properties = own(schema, 'properties');
  if (!isRecord(properties)) return schema;
  const flagged = Object.keys(properties).filter((name) => own(own(properties, name), 'required') === true);
  if (flagged.length === 0) return schema;
  const present = listOf(own(schema, 'required')).filter((name) => typeof name === 'string');
  const missing = flagged.filter((name) => !present.includes(name));
  return missing.length === 0 ? schema : copyWith(schema, 'required', [...present, ...missing]);
}

function replacedIfThere(object: Fields, key: string, value: unknown): Fields {
  return value === undefined ? object : replaced(object, key, value);
}
