import type { Json } from '../contract/request.js';
import { equalsJson } from '../patterns/json-equal.js';
import { placeIn } from '../patterns/google-request.js';
import { own } from '../patterns/own.js';
import { parameterPath } from '../patterns/path.js';
import { type FieldPath, changeAt, getAt, setAt, unsetAt } from './at-path.js';
import type { Fields } from './copy.js';

/** Writes values by dotted path. A value equal to the present one is left alone, by reference. */
export function setFields(params: Fields, values: { readonly [path: string]: Json }): Fields {
  return Object.entries(values).reduce((current, [field, value]) => {
    const path = pathIn(current, field);
    return equalsJson(getAt(current, path), value) ? current : setAt(current, path, value);
  }, params);
}

/** Removes fields. */
export function unsetFields(params: Fields, fields: readonly string[]): Fields {
  return fields.reduce((current, field) => unsetAt(current, pathIn(current, field)), params);
}

/** Moves a value to another name; an existing value there wins. Nothing is lost when the new name has no place. */
export function renameField(
  params: Fields,
  { from, to }: { readonly from: string; readonly to: string },
): Fields {
  const [source, target] = [pathIn(params, from), pathIn(params, to)];
  const value = getAt(params, source);
  if (value === undefined) return params;
  const moved = getAt(params, target) === undefined ? setAt(params, target, value) : params;
  return getAt(moved, target) === undefined ? params : unsetAt(moved, source);
}

/** Keeps a number inside bounds, both inclusive; anything else is left alone. */
export function clampField(
  params: Fields,
  {
    field,
    min = -Infinity,
    max = Infinity,
  }: { readonly field: string; readonly min?: number; readonly max?: number },
): Fields {
  return changeAt(params, pathIn(params, field), (value) =>
    typeof value === 'number' && !Number.isNaN(value) ? Math.min(max, Math.max(min, value)) : value,
  );
}

/** Writes values where a field is absent or null. */
export function defaultFields(params: Fields, values: { readonly [path: string]: Json }): Fields {
  return Object.entries(values).reduce((current, [field, value]) => {
    const path = pathIn(current, field);
    return (getAt(current, path) ?? null) === null && value !== null ? setAt(current, path, value) : current;
  }, params);
}

/** Replaces a scalar by the one it is mapped to; one that is not named stays. */
export function mapField(
  params: Fields,
  { field, values }: { readonly field: string; readonly values: { readonly [value: string]: Json } },
): Fields {
  return changeAt(params, pathIn(params, field), (value) =>
    isScalar(value) && Object.hasOwn(values, String(value)) ? own(values, String(value)) : value,
  );
}

/** Where a field stands in this request. */
function pathIn(params: Fields, field: string): FieldPath {
  return placeIn(params, parameterPath(field));
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
