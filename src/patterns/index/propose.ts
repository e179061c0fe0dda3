// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import type { RequestFacts } from '../facts.js';
import { listOf } from '../own.js';
import { createFieldTable, type FieldTable } from './field-table.js';
import { seedOf, type IndexPlan } from './index-plan.js';
import { findInTable, type KeyTable } from './key-table.js';
import { textStep, type TextTables } from './text-steps.js';
import { addScalar, addWord, begin, finish, hash } from './value-hash.js';

/** Adds to `found` the numbers of all patterns that may fit a request; some more than once, and some that do not. */
export type Propose = (facts: RequestFacts, found: number[]) => void;

/** Makes the look-ups of a plan. */
export function createPropose(plan: IndexPlan, tables: TextTables): Propose {
  const table = createFieldTable();
  for (const field of plan.fields) table.numberOf(field);
  const steps = [
    ...plan.sets.map((set, index) => setStep(table, tables.keys, set, seedOf('key', index))),
    ...plan.items.map((field) => itemStep(table, tables.keys, field)),
    ...plan.fields.flatMap((_, field) => textStep(table, plan, tables, field) ?? []),
  ];
  return (facts, found) => {
    table.begin(facts);
    for (const step of steps) step(facts, found);
  };
}

function setStep(table: FieldTable, keys: KeyTable, set: readonly number[], seed: number): Propose {
  return (_facts, found) => {
    for (const field of set) if (!table.isScalar(field)) return;
    begin(seed);
    for (const field of set) {
      addWord(table.lows[field] ?? 0);
      addWord(table.highs[field] ?? 0);
    }
    finish();
    findInTable(keys, hash.low, hash.high, found);
  };
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
