import { isRecord, listOf, own } from '../../patterns/own.js';
import { MAX_SCHEMA_DEPTH, NAMED_SCHEMAS, ONE_SCHEMA, SCHEMA_LIST } from '../../patterns/schema/keywords.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** Changes one schema, without those inside it; returns the same object to keep it. */
export type SchemaChange = (schema: Fields, depth: number) => Fields;

/**
 * A schema with a change made to it and to every schema inside it, outer ones first. Copy on write: what the change leaves
 * alone stays the same object, and so does the whole.
 * @throws {RangeError} beyond {@link MAX_SCHEMA_DEPTH} levels: an object may contain itself.
 * @example mapSchema(schema, (part) => copyWithout(part, 'default'))
 */
export function mapSchema(schema: unknown, change: SchemaChange): unknown {
  return map(schema, change, 0);
}

function map(schema: unknown, change: SchemaChange, depth: number): unknown {
  if (!isRecord(schema)) return schema;
  if (depth >= MAX_SCHEMA_DEPTH) throw new RangeError(`a schema of more than ${MAX_SCHEMA_DEPTH} levels`);
  let next = change(schema, depth);
  for (const key of ONE_SCHEMA) next = withKeyword(next, key, map(own(next, key), change, depth + 1));
  for (const key of SCHEMA_LIST) next = withKeyword(next, key, mapList(own(next, key), change, depth + 1));
  for (const key of NAMED_SCHEMAS) next = withKeyword(next, key, mapNamed(own(next, key), change, depth + 1));
  return next;
}

function mapList(list: unknown, change: SchemaChange, depth: number): unknown {
  return Array.isArray(list) ? rewrite(listOf(list), (item) => [map(item, change, depth)]) : list;
}

function mapNamed(named: unknown, change: SchemaChange, depth: number): unknown {
  if (!isRecord(named)) return named;
  return Object.keys(named).reduce(
    (current, name) => withKeyword(current, name, map(own(current, name), change, depth)),
    named,
  );
}

/** A copy with another value under a keyword; the same object where it has that value already. */
export function withKeyword(object: Fields, key: string, value: unknown): Fields {
  return own(object, key) === value ? object : copyWith(object, key, value);
}
