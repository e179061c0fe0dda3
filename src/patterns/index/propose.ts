// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { RequestFacts } from '../facts.js';
import { listOf } from '../own.js';
import { createFieldTable, type FieldTable } from './field-table.js';
import { seedOf, type IndexPlan } from './index-plan.js';
import { findInTable, type KeyTable } from './key-table.js';
import { MEASURES, type Measure } from './measures.js';
import { findInTree, TREE, type RangeTable } from './range-table.js';
import { parametersOf } from './needs.js';
import { textStep, type TextTables } from './text-steps.js';
import { addScalar, addWord, begin, finish, hash } from './value-hash.js';

/** Adds to `found` the numbers of all patterns that may fit a request; some more than once, and some that do not. */
export type Propose = (facts: RequestFacts, found: number[]) => void;

/** Everything a plan looks up in. */
export interface IndexTables extends TextTables {
  readonly ranges: RangeTable;
}

/** Makes the look-ups of a plan; undefined when it has none. */
export function createPropose(plan: IndexPlan, tables: IndexTables): Propose | undefined {
  const { sets, items, rangeKeys, exact, phrases, similar } = plan;
  if ([sets, items, rangeKeys, exact, phrases, similar].every(({ length }) => length === 0)) return undefined;
  let free: Propose | undefined = createLookUp(plan, tables);
  return (facts, found) => {
    const lookUp = free ?? createLookUp(plan, tables);
    free = undefined; // a getter of the caller's may send a request of its own meanwhile, or throw
    lookUp(facts, found);
    free = lookUp;
  };
}

/** Has room for one request at a time. */
function createLookUp(plan: IndexPlan, tables: IndexTables): Propose {
  const table = createFieldTable();
  for (const field of plan.fields) table.numberOf(field);
  const needs = (fields: readonly number[]): string | undefined =>
    fields.map((field) => parameterOf(plan.fields[field] ?? '')).find((name) => name !== undefined);
  const steps: readonly Step[] = [
    ...plan.sets.map((set, index) => ({
      needs: needs(set),
      run: setStep(table, tables.keys, set, seedOf('key', index)),
    })),
    ...plan.items.map((field) => ({ needs: needs([field]), run: itemStep(table, tables.keys, field) })),
    ...plan.rangeKeys.map((_, index) => ({
      needs: undefined,
      run: rangeStep(table, plan, tables.ranges, index),
    })),
    ...plan.fields.flatMap((_, field) => {
      const run = textStep(table, plan, tables, field);
      return run ? [{ needs: needs([field]), run }] : [];
    }),
  ];
  return (facts, found) => {
    table.begin(facts);
    const { params } = facts.view;
    for (const step of steps) {
      if (step.needs === undefined || Object.hasOwn(params, step.needs)) step.run(facts, found);
    }
  };
}

/** One look-up. */
interface Step {
  /** A parameter without which it finds nothing. */
  readonly needs: string | undefined;
  readonly run: Propose;
}

/** The parameter without which a field is absent; undefined for what is no parameter, or stands under several names. */
function parameterOf(field: string): string | undefined {
  const [first, ...others] = parametersOf(field);
  return others.length > 0 ? undefined : first?.[0];
}

function setStep(table: FieldTable, keys: KeyTable, set: readonly number[], seed: number): Propose {
  return (_facts, found) => {
    if (hashSet(table, set, seed)) findInTable(keys, hash.low, hash.high, found);
  };
}

/** Hashes what a request has in a set of fields. @returns false when one of them has no scalar. */
function hashSet(table: FieldTable, set: readonly number[], seed: number): boolean {
  for (const field of set) if (!table.isScalar(field)) return false;
  begin(seed);
  for (const field of set) {
    addWord(table.lows[field] ?? 0);
    addWord(table.highs[field] ?? 0);
  }
  finish();
  return true;
}

function itemStep(table: FieldTable, keys: KeyTable, field: number): Propose {
  const seed = seedOf('item', field);
  return (_facts, found) => {
    for (const item of listOf(table.value(field))) {
      begin(seed);
      if (!addScalar(item)) continue;
      finish();
      findInTable(keys, hash.low, hash.high, found);
    }
  };
}

/** A field is read only when there is a tree of it for the values that the request has in the shared fields. */
function rangeStep(table: FieldTable, plan: IndexPlan, ranges: RangeTable, index: number): Propose {
  const [set, seed] = [plan.rangeKeys[index] ?? [], seedOf('range', index)];
  const measured = plan.ranges.map(([field, measure]) => ({ field, measure: MEASURES[measure] ?? 'value' }));
  const trees: number[] = [];
  return (_facts, found) => {
    if (!hashSet(table, set, seed)) return;
    findInTable(ranges.keys, hash.low, hash.high, trees);
    let last = -1;
    for (const tree of trees) {
      if (tree <= last) continue; // only a damaged list does not ascend: no tree is passed twice
      last = tree;
      const of = measured[ranges.trees[tree * TREE] ?? -1];
      if (of) findInTree(ranges, tree, measureOf(table.value(of.field), of.measure), found);
    }
    trees.length = 0;
  };
}

/** What of a value is a number; `NaN`, which is in no range, when nothing is. */
function measureOf(value: unknown, measure: Measure): number {
  if (measure === 'value') return typeof value === 'number' ? value : NaN;
  return typeof value === 'string' || Array.isArray(value) ? value.length : NaN;
}
