import type { Json } from '../contract/request.js';
import { isRecord } from './own.js';

/**
 * Compares any value with JSON, member order aside. Walks only as deep as the JSON, so a cyclic value ends too.
 * A member that is `undefined` counts as absent, as it does on the wire.
 */
export function equalsJson(value: unknown, json: Json): boolean {
  if (typeof json !== 'object' || json === null) return value === json;
  if (Array.isArray(json)) return equalsList(value, json);
  if (!isRecord(value)) return false;
  const present = Object.keys(value).filter((key) => value[key] !== undefined);
  const wanted = Object.entries(json);
  if (present.length !== wanted.length) return false;
  return wanted.every(([key, item]) => Object.hasOwn(value, key) && equalsJson(value[key], item));
}

function equalsList(value: unknown, items: readonly Json[]): boolean {
  if (!Array.isArray(value) || value.length !== items.length) return false;
  return items.every((item, index) => equalsJson(value[index], item));
}
