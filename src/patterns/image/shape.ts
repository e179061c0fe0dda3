import { ArcError } from '../../contract/errors.js';
import type { Json } from '../../contract/request.js';
import { quotedKey } from '../quoted-key.js';
import { refused } from './layout.js';

/** A scalar of JSON. */
export type Value = string | number | boolean | null;

/** A definition without its values: what differs from one pattern to the next is not here. */
export type Shape =
  | { readonly kind: 'value' }
  | { readonly kind: 'list'; readonly items: readonly Shape[] }
  | { readonly kind: 'record'; readonly keys: readonly string[]; readonly items: readonly Shape[] };

/** Deepest nesting: far more than the checks of a pattern let through. */
const MAX_DEPTH = 256;
const VALUE: Shape = { kind: 'value' };

/**
 * Takes a value apart.
 * @param values - receives the scalars, depth first.
 * @returns the shape as JSON in which 0 stands for each scalar.
 * @throws {ArcError} `ARC_PACK_INVALID` for nesting no checked pattern has.
 */
export function takeApart(json: Json, values: Value[], depth = 0): string {
  if (typeof json !== 'object' || json === null) {
    values.push(json);
    return '0';
  }
  if (depth > MAX_DEPTH)
    throw new ArcError('ARC_PACK_INVALID', `must not nest deeper than ${MAX_DEPTH} levels`);
  let text = '';
  if (Array.isArray(json)) {
    for (const item of json as readonly Json[]) text += `${text && ','}${takeApart(item, values, depth + 1)}`;
    return `[${text}]`;
  }
  const record = json as { readonly [key: string]: Json | undefined }; // a JSON value that is neither scalar nor list
  for (const key of Object.keys(record)) {
    const item = record[key];
    if (item !== undefined) text += `${text && ','}${nameOf(key)}:${takeApart(item, values, depth + 1)}`;
  }
  return `{${text}}`;
}

function nameOf(key: string): string {
  if (key === '__proto__') throw new ArcError('ARC_PACK_INVALID', 'no key of a pattern may be "__proto__"');
  return quotedKey(key);
}

/**
 * Reads the JSON form of a shape.
 * @throws {ArcError} `ARC_PACK_INVALID` when it is none.
 */
export function parseShape(text: string): Shape {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refused('shapes', cause instanceof Error ? cause.message : String(cause));
  }
  return readShape(json, 0);
}

function readShape(json: unknown, depth: number): Shape {
  if (json === 0) return VALUE;
  if (typeof json !== 'object' || json === null || depth > MAX_DEPTH)
    throw refused('shapes', 'one is no shape');
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item) => readShape(item, depth + 1)) };
  const keys = Object.keys(json);
  if (keys.includes('__proto__')) throw refused('shapes', 'a key is "__proto__"');
  return { kind: 'record', keys, items: Object.values(json).map((item) => readShape(item, depth + 1)) };
}

/** Puts values back into a shape. @param next - the next value, depth first. */
export function putTogether(shape: Shape, next: () => Value): Json {
  if (shape.kind === 'value') return next();
  if (shape.kind === 'list') return shape.items.map((item) => putTogether(item, next));
  const record: Record<string, Json> = {};
  const { keys, items } = shape;
  for (let index = 0; index < keys.length; index += 1) {
    const item = items[index];
    if (item) record[keys[index] ?? ''] = putTogether(item, next);
  }
  return record;
}
