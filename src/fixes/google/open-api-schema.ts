import {
  MAX_SCHEMA_DEPTH,
  isSchemaFormat,
  isSchemaKeyword,
  isSchemaType,
  schemaType,
  unionOf,
} from '../../patterns/google-schema.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { type Root, combine } from './combine-schemas.js';

/** Names of types in other languages, and what JSON calls them. */
const TYPES: { readonly [name: string]: string } = {
  any: 'string',
  bigint: 'integer',
  bool: 'boolean',
  date: 'string',
  datetime: 'string',
  dict: 'object',
  double: 'number',
  file: 'string',
  float: 'number',
  int: 'integer',
  list: 'array',
  long: 'integer',
  map: 'object',
  record: 'object',
  str: 'string',
  text: 'string',
  tuple: 'array',
};

/** Stands for an object whose properties nobody named, which Google refuses as empty. */
const ANY_PROPERTY = { _: { type: 'string', description: 'Not used.', nullable: true } } as const;

/**
 * Brings a schema into the subset of OpenAPI that Google takes: references are resolved, alternatives become `anyOf`, lists
 * of types one type that may be null, and what Google has no keyword for goes.
 * @returns the same schema when nothing is to be done; undefined for an object without properties at the top.
 */
export function openApiSchema(schema: unknown): unknown {
  if (!isRecord(schema)) return schema;
  const next = adapt(schema, { root: schema, active: [], depth: 0 });
  const properties = own(schema, 'properties');
  const isEmpty =
    schemaType(next) === 'object' && isRecord(properties) && Object.keys(properties).length === 0;
  return isEmpty && unionOf(next).length === 0 ? undefined : next;
}

function adapt(given: unknown, root: Root): Fields {
  if (!isRecord(given)) return { type: 'string' };
  if (root.depth >= MAX_SCHEMA_DEPTH)
    throw new RangeError(`a schema of more than ${MAX_SCHEMA_DEPTH} levels`);
  const { schema, root: inner } = combine(given, root);
  const members = withMembers(schema, { ...inner, depth: root.depth + 1 });
  const typed = withType(members);
  return fit(withUnion(withEnum(typed)));
}

/** Schemas inside this one. */
function withMembers(schema: Fields, root: Root): Fields {
  let next = schema;
  const properties = own(schema, 'properties');
  if (isRecord(properties)) {
    let named: Fields = properties;
    for (const name of Object.keys(properties))
      named = replace(named, name, adapt(own(properties, name), root));
    next = replace(next, 'properties', named);
  }
  const items = own(next, 'items') ?? own(next, 'prefixItems');
  if (items !== undefined) next = replace(next, 'items', itemsOf(items, root));
  for (const key of ['anyOf', 'any_of']) {
    const options = own(next, key);
    if (Array.isArray(options))
      next = replace(
        next,
        key,
        rewrite(listOf(options), (option) => [adapt(option, root)]),
      );
  }
  return next;
}

/** The items of a tuple may stand anywhere in the list. */
function itemsOf(items: unknown, root: Root): unknown {
  if (!Array.isArray(items)) return adapt(items, root);
  const options = listOf(items).map((item) => adapt(item, root));
  return options.length === 1 ? options[0] : options.length === 0 ? { type: 'string' } : { anyOf: options };
}

function withType(schema: Fields): Fields {
  const type = own(schema, 'type');
  if (Array.isArray(type))
    return withTypes(
      schema,
      listOf(type).filter((name) => typeof name === 'string'),
    );
  if (isSchemaType(type))
    return type === 'null' || type === 'NULL' ? nullable(replace(schema, 'type', 'string')) : schema;
  if (typeof type === 'string' && type !== '') {
    const name = type.toLowerCase();
    return copyWith(schema, 'type', isSchemaType(name) ? name : (own(TYPES, name) ?? 'string'));
  }
  return unionOf(schema).length > 0
    ? copyWithout(schema, 'type')
    : copyWith(schema, 'type', impliedType(schema));
}

function withTypes(schema: Fields, names: readonly string[]): Fields {
  const types = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => name !== 'null');
  const single = types.length < 2 ? copyWith(schema, 'type', types[0] ?? impliedType(schema)) : undefined;
  const one =
    single ??
    copyWith(
      copyWithout(schema, 'type'),
      'anyOf',
      types.map((type) => alternative(schema, type)),
    );
  const known = single === undefined ? one : withType(one);
  return types.length < names.length ? nullable(known) : known;
}

/** One of several types takes along the keywords that are about it. */
function alternative(schema: Fields, type: string): Fields {
  const keys = type === 'object' ? ['properties', 'required'] : type === 'array' ? ['items'] : [];
  const base: Fields = { type };
  const taken = keys.reduce(
    (next, key) => (own(schema, key) === undefined ? next : copyWith(next, key, own(schema, key))),
    base,
  );
  return fit(withEnum(withType(taken)));
}

function impliedType(schema: Fields): string {
  if (own(schema, 'properties') !== undefined) return 'object';
  if (own(schema, 'items') !== undefined) return 'array';
  const options = listOf(own(schema, 'enum')).filter((option) => option !== null);
  if (options.length > 0 && options.every((option) => typeof option === 'boolean')) return 'boolean';
  if (options.length > 0 && options.every((option) => typeof option === 'number')) return 'number';
  const isNumber = own(schema, 'minimum') !== undefined || own(schema, 'maximum') !== undefined;
  return isNumber ? 'number' : 'string';
}

function nullable(schema: Fields): Fields {
  return replace(schema, 'nullable', true);
}

/** Google enumerates texts alone; other values are named in the description, so that the type stays what the caller reads. */
function withEnum(schema: Fields): Fields {
  const options = own(schema, 'enum');
  if (!Array.isArray(options)) return options === undefined ? schema : copyWithout(schema, 'enum');
  const present = rewrite(listOf(options), (option) => (option === null || option === '' ? [] : [option]));
  const kept = options.includes(null) ? nullable(schema) : schema;
  if (schemaType(schema) === 'string') {
    const texts = rewrite(present, (option) => [
      typeof option === 'string' ? option : JSON.stringify(option),
    ]);
    return texts.length > 0 ? replace(kept, 'enum', texts) : copyWithout(kept, 'enum');
  }
  const bare = copyWithout(kept, 'enum');
  if (present.length === 0) return bare;
  const said = `One of ${present.map((option) => JSON.stringify(option)).join(', ')}.`;
  const description = own(schema, 'description');
  return copyWith(bare, 'description', typeof description === 'string' ? `${description} ${said}` : said);
}

/** Where there are alternatives nothing stands beside them: what describes them moves inside. */
function withUnion(schema: Fields): Fields {
  const key = own(schema, 'anyOf') === undefined ? 'any_of' : 'anyOf';
  const options = listOf(own(schema, key));
  if (options.length === 0) return copyWithout(schema, key);
  const hasShape = own(schema, 'properties') !== undefined || own(schema, 'items') !== undefined;
  if (hasShape && own(schema, 'type') !== undefined) return copyWithout(schema, key);
  const choices = rewrite(options, (option) =>
    schemaType(option) === 'null' || isNullOnly(option) ? [] : isUnion(option) ? unionOf(option) : [option],
  );
  const mayBeNull = choices.length < options.length || own(schema, 'nullable') === true;
  const described = rewrite(choices, (option) => [
    isRecord(option) ? annotated(option, schema, mayBeNull) : option,
  ]);
  const [only] = described;
  if (described.length === 1 && isRecord(only)) return only;
  if (described.length === 0) return nullable(copyWith(copyWithout(schema, key), 'type', 'string'));
  const isBare = Object.keys(schema).length === 1 && described === options;
  return isBare ? schema : { [key]: described };
}

/** Alternatives among alternatives are some more of them. */
function isUnion(option: unknown): boolean {
  return unionOf(option).length > 0;
}

/** What {@link withType} makes of a schema of null alone. */
function isNullOnly(option: unknown): boolean {
  return (
    isRecord(option) &&
    own(option, 'nullable') === true &&
    schemaType(option) === 'string' &&
    Object.keys(option).length === 2
  );
}

function annotated(option: Fields, schema: Fields, mayBeNull: boolean): Fields {
  const description = own(schema, 'description');
  const told = description !== undefined && own(option, 'description') === undefined;
  const next = told ? copyWith(option, 'description', description) : option;
  return mayBeNull ? nullable(next) : next;
}

/** Drops what Google has no keyword for, and keywords of other types. */
function fit(schema: Fields): Fields {
  let next = schema;
  for (const key of Object.keys(schema)) if (!isSchemaKeyword(key)) next = copyWithout(next, key);
  const type = schemaType(next);
  if (!isSchemaFormat(type, own(next, 'format'))) next = copyWithout(next, 'format');
  if (type === '') return next;
  next = type === 'object' ? fitObject(next) : copyWithout(copyWithout(next, 'properties'), 'required');
  if (type !== 'array') return copyWithout(next, 'items');
  return isRecord(own(next, 'items')) ? next : copyWith(next, 'items', { type: 'string' });
}

function fitObject(schema: Fields): Fields {
  const properties = own(schema, 'properties');
  const isEmpty = isRecord(properties) && Object.keys(properties).length === 0;
  const filled = isEmpty ? copyWith(schema, 'properties', ANY_PROPERTY) : schema;
  const required = own(filled, 'required');
  if (required === undefined) return filled;
  const known = rewrite(listOf(required), (name) =>
    typeof name === 'string' && own(properties, name) !== undefined ? [name] : [],
  );
  return known.length === 0 ? copyWithout(filled, 'required') : replace(filled, 'required', known);
}

function replace(object: Fields, key: string, value: unknown): Fields {
  return own(object, key) === value ? object : copyWith(object, key, value);
}
