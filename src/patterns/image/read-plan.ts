import { compileField } from '../field-reader.js';
import { MAX_RANGE_KEYS, type IndexPlan } from '../index/index-plan.js';
import { MEASURES } from '../index/measures.js';
import { KIND_SETS } from '../index/sketch-bands.js';
import { STRIDES } from '../index/strides.js';
import { isRecord } from '../own.js';
import { refused, type SegmentImage } from './layout.js';
import { parseSection } from './pack-meta.js';

/** Most entries of a list of the plan: far more than look-ups that a request could pay for. */
const MAX_ENTRIES = 65_536;

/**
 * Reads the plan of an image's look-ups.
 * @throws {ArcError} `ARC_PACK_INVALID` when it is none.
 */
export function readPlan(image: SegmentImage): IndexPlan {
  const raw = parseSection(image, 'plan');
  if (!isRecord(raw)) throw refused('plan', 'must be an object');
  const fields = list(raw, 'fields').map(fieldName);
  const isField = (value: unknown): value is number => isIndex(value, fields.length);
  const setsOf = (key: 'sets' | 'rangeKeys', least: number): readonly (readonly number[])[] =>
    list(raw, key).map((set) => {
      if (Array.isArray(set) && set.length >= least && set.length <= fields.length && set.every(isField))
        return set;
      throw refused('plan', `${key}: must be lists of fields`);
    });
  return {
    apis: apisOf(raw),
    fields,
    sets: setsOf('sets', 1),
    items: list(raw, 'items').map((item) => only(isField, item, 'items')),
    exact: list(raw, 'exact').map((item) => only(isField, item, 'exact')),
    phrases: pairs(raw, 'phrases', isField, (stride) => isIndex(stride, STRIDES.length)),
    ranges: pairs(raw, 'ranges', isField, (measure) => isIndex(measure, MEASURES.length)),
    rangeKeys: setsOf('rangeKeys', 0),
    similar: pairs(raw, 'similar', isField, (kinds) => isIndex(kinds, KIND_SETS)),
    shared: sharedOf(raw, image.words('shared').length),
  };
}

/** Images of earlier builds do not say it. */
function apisOf({ apis = null }: Readonly<Record<string, unknown>>): IndexPlan['apis'] {
  if (apis === null) return null;
  if (Array.isArray(apis) && apis.every((api) => typeof api === 'string')) return apis;
  throw refused('plan', 'apis: must be texts');
}

function list(raw: Readonly<Record<string, unknown>>, key: keyof IndexPlan): readonly unknown[] {
  const value = raw[key];
  const most = key === 'rangeKeys' ? MAX_RANGE_KEYS : MAX_ENTRIES;
  if (!Array.isArray(value) || value.length > most)
    throw refused('plan', `${key}: must be a list of at most ${most}`);
  return value;
}

function fieldName(value: unknown): string {
  if (typeof value !== 'string') throw refused('plan', 'fields: must be texts');
  try {
    compileField(value);
  } catch (cause) {
    throw refused('plan', `fields: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return value;
}

function isIndex(value: unknown, end: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end;
}

function only(isField: (value: unknown) => value is number, value: unknown, key: string): number {
  if (isField(value)) return value;
  throw refused('plan', `${key}: must be fields`);
}

function pairs(
  raw: Readonly<Record<string, unknown>>,
  key: 'phrases' | 'ranges' | 'similar',
  isField: (value: unknown) => value is number,
  isSecond: (value: unknown) => boolean,
): readonly (readonly [number, number])[] {
  return list(raw, key).map((pair) => {
    const [field, second] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    if (isField(field) && isSecond(second)) return [field, Number(second)] as const;
    throw refused('plan', `${key}: must be pairs of a field and a number`);
  });
}

/** Images of earlier versions do not say what is for which api. */
function sharedOf(raw: Readonly<Record<string, unknown>>, size: number): IndexPlan['shared'] {
  if (raw['shared'] === undefined) return [[null, size]];
  let rest = size;
  const groups = list(raw, 'shared').map((group) => {
    const [api, count] = Array.isArray(group) ? (group as readonly unknown[]) : [];
    if (!(api === null || typeof api === 'string') || !isIndex(count, rest + 1))
      throw refused('plan', 'shared: must be pairs of an api and a number');
    rest -= count;
    return [api, count] as const;
  });
  if (rest !== 0) throw refused('plan', `shared: must be ${size} patterns in all`);
  return groups;
}
