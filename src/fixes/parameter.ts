import type { Json } from '../contract/request.js';
import { equalsJson } from '../patterns/json-equal.js';
import { placeIn } from '../patterns/google-request.js';
import { own } from '../patterns/own.js';
import { parameterPath } from '../patterns/path.js';
import { type FieldPath, changeAt, getAt, setAt, unsetAt } from './at-path.js';
import type { Fields } from './copy.js';

/** A step of a fix with its arguments read: gives the same object where nothing is to be changed. */
export type Change = (params: Fields) => Fields;

/** A value and where it goes. */
interface Assignment {
  readonly path: FieldPath;
  readonly value: Json;
}

/** Writes values by dotted path. A value equal to the present one is left alone, by reference. */
export function setting(values: { readonly [path: string]: Json }): Change {
  return assigning(values, (present, value) => !equalsJson(present, value));
}

/** Writes values where a field is absent or null. */
export function defaulting(values: { readonly [path: string]: Json }): Change {
  return assigning(values, (present, value) => (present ?? null) === null && value !== null);
}

/** @param isWanted - whether a value takes the place of what is there. */
function assigning(
  values: { readonly [path: string]: Json },
  isWanted: (present: unknown, value: Json) => boolean,
): Change {
  const assignments = Object.entries(values).map(([field, value]): Assignment => {
    return { path: parameterPath(field), value };
  });
  return (params) => {
    let current = params;
    for (const { path, value } of assignments) {
      const place = placeIn(current, path);
      if (isWanted(getAt(current, place), value)) current = setAt(current, place, value);
    }
    return current;
  };
}

/** Removes fields. */
export function unsetting(fields: readonly string[]): Change {
  const paths = fields.map(parameterPath);
  return (params) => {
    let current = params;
    for (const path of paths) current = unsetAt(current, placeIn(current, path));
    return current;
  };
}

/** Moves a value to another name; an existing value there wins. Nothing is lost when the new name has no place. */
export function renaming({ from, to }: { readonly from: string; readonly to: string }): Change {
  const [old, wanted] = [parameterPath(from), parameterPath(to)];
  return (params) => {
    const [source, target] = [placeIn(params, old), placeIn(params, wanted)];
    const value = getAt(params, source);
    if (value === undefined) return params;
    const moved = getAt(params, target) === undefined ? setAt(params, target, value) : params;
    return getAt(moved, target) === undefined ? params : unsetAt(moved, source);
  };
}

/** Keeps a number inside bounds, both inclusive; anything else is left alone. */
export function clamping({
  field,
  min = -Infinity,
  max = Infinity,
}: {
  readonly field: string;
  readonly min?: number;
  readonly max?: number;
}): Change {
  return changing(field, (value) =>
    typeof value === 'number' && !Number.isNaN(value) ? Math.min(max, Math.max(min, value)) : value,
  );
}

/** Replaces a scalar by the one it is mapped to; one that is not named stays. */
export function mapping({
  field,
  values,
}: {
  readonly field: string;
  readonly values: { readonly [value: string]: Json };
}): Change {
  return changing(field, (value) =>
    isScalar(value) && Object.hasOwn(values, String(value)) ? own(values, String(value)) : value,
  );
}

function changing(field: string, change: (value: unknown) => unknown): Change {
  const path = parameterPath(field);
  return (params) => changeAt(params, placeIn(params, path), change);
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
