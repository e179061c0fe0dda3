import { MAX_RANGE_KEYS, type IndexPlan } from './index-plan.js';
import { MEASURES, type Measure } from './measures.js';

/** Most sets of fields in one index: each costs a look-up on every call. */
const MAX_SETS = 64;
/** Most measured fields: calls of one model may have to read them all. */
const MAX_RANGES = 64;

/** Collects what a request has to be looked up for. */
export interface Planner {
  readonly plan: Omit<IndexPlan, 'shared' | 'apis'>;
  /** The number of a field. */
  field(name: string): number;
  item(field: number): void;
  exact(field: number): void;
  phrase(field: number, stride: number): void;
  similar(field: number, kind: number): void;
  /** The set of all these fields, or of the most of them that is among the sets; undefined when none is. */
  set(fields: readonly number[]): number | undefined;
  /** The measured field; undefined when there are too many. */
  range(name: string, measure: Measure): number | undefined;
  /** The set of all these shared fields. */
  rangeKey(fields: readonly number[]): number | undefined;
}

/** A plan of nothing. */
export function createPlanner(): Planner {
  const fields: string[] = [];
  const items: number[] = [];
  const exact: number[] = [];
  const phrases: (readonly [number, number])[] = [];
  const similar: (readonly [number, number])[] = [];
  const ranges: (readonly [number, number])[] = [];
  const [sets, rangeKeys] = [createSets(MAX_SETS), createSets(MAX_RANGE_KEYS)];
  const numbers = new Map<string, number>();
  function field(name: string): number {
    const number = numbers.get(name) ?? fields.push(name) - 1;
    numbers.set(name, number);
    return number;
  }
  return {
    plan: { fields, sets: sets.list, items, exact, phrases, similar, ranges, rangeKeys: rangeKeys.list },
    field,
    item: (of) => addOnce(items, of),
    exact: (of) => addOnce(exact, of),
    phrase: (of, stride) => addPair(phrases, of, stride),
    similar: (of, kind) => addBit(similar, of, kind),
    set: sets.find,
    range(name, measure) {
      const kind = MEASURES.indexOf(measure);
      const known = ranges.findIndex(([of, as]) => fields[of] === name && as === kind);
      if (known >= 0) return known;
      return ranges.length >= MAX_RANGES ? undefined : ranges.push([field(name), kind]) - 1;
    },
    rangeKey: rangeKeys.find,
  };
}

interface Sets {
  readonly list: readonly (readonly number[])[];
  /** Number of the set of all these, or of the most of them that is there; it is added as long as there are few. */
  readonly find: (of: readonly number[]) => number | undefined;
}

function createSets(most: number): Sets {
  const list: (readonly number[])[] = [];
  const known = new Map<string, number>();
  return {
    list,
    find(of) {
      const ordered = of.toSorted((a, b) => a - b);
      const name = ordered.join();
      const set = known.get(name);
      if (set !== undefined) return set;
      if (list.length >= most) return largestWithin(list, ordered);
      known.set(name, list.length);
      return list.push(ordered) - 1;
    },
  };
}

function addOnce(list: number[], value: number): void {
  if (!list.includes(value)) list.push(value);
}

function addPair(list: (readonly [number, number])[], first: number, second: number): void {
  if (!list.some(([a, b]) => a === first && b === second)) list.push([first, second]);
}

function addBit(list: (readonly [number, number])[], first: number, bit: number): void {
  const at = list.findIndex(([known]) => known === first);
  if (at < 0) list.push([first, bit]);
  else list[at] = [first, bit | (list[at]?.[1] ?? 0)];
}

function largestWithin(sets: readonly (readonly number[])[], fields: readonly number[]): number | undefined {
  let best: number | undefined;
  sets.forEach((set, index) => {
    if (!set.every((field) => fields.includes(field))) return;
    if (best === undefined || set.length > (sets[best]?.length ?? 0)) best = index;
  });
  return best;
}
