import { SHARED_FIELDS } from './field-kinds.js';

/** Most sets of shared fields: as many as there are. */
export const MAX_RANGE_KEYS = 2 ** SHARED_FIELDS.length;

/**
 * What an index looks up for each request, in plain data, so that it can be stored beside the tables. Fields are numbers
 * into `fields`.
 */
export interface IndexPlan {
  /** The apis its patterns are for; null when some are for any. */
  readonly apis: readonly string[] | null;
  readonly fields: readonly string[];
  /** Sets of fields whose values together are one key. */
  readonly sets: readonly (readonly number[])[];
  /** Fields whose items are keys. */
  readonly items: readonly number[];
  /** Fields whose normal form is a key. */
  readonly exact: readonly number[];
  /** Fields and the strides at which their texts are looked at, as positions in `STRIDES`. */
  readonly phrases: readonly (readonly [field: number, stride: number])[];
  /** Fields that are looked up as numbers, and what of them is one, as positions in `MEASURES`. */
  readonly ranges: readonly (readonly [field: number, measure: number])[];
  /** Sets of shared fields whose values together lead to ranges; a set of none leads to those of every call. */
  readonly rangeKeys: readonly (readonly number[])[];
  /** Fields and the kinds of bands their texts are looked up by, as a sum of bits. */
  readonly similar: readonly (readonly [field: number, kinds: number])[];
  /** How many patterns no index tells apart are for one api, group by group in the order they are listed; null: for any. */
  readonly shared: readonly (readonly [api: string | null, count: number])[];
}

/** Tells hashes of different purposes apart. */
const KINDS = {
  key: 1,
  item: 2,
  exact: 3,
  signature: 4,
  similar: 5,
  gram: 6,
  id: 7,
  range: 8,
  age: 9,
} as const;

/** Seed of the hashes of one purpose. @param first - a field or set. @param second - a stride. */
export function seedOf(kind: keyof typeof KINDS, first: number, second = 0): number {
  return (
    Math.imul(KINDS[kind], 0x1f123bb5) ^ Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)
  );
}
