import { ALL, isEmptyRange, narrow, type Range } from '../lint/range.js';
import type { Conjunct } from './conjuncts.js';
import { isDear, isJoined, isShared } from './field-kinds.js';
import type { Measure } from './measures.js';

/** The numbers a field may be: from `least` to `most`, both included. */
export interface FieldRange {
  readonly field: string;
  readonly measure: Measure;
  readonly least: number;
  readonly most: number;
}

const NUMBER = new Float64Array(1);
const BITS = new BigInt64Array(NUMBER.buffer);

/**
 * The range of a conjunction that is likely to tell most apart at the least cost; undefined when it has none. All bounds of
 * one field count, those that are fields themselves aside. Lengths of joined facts do not: measuring one means to join it.
 */
export function bestRange(conjuncts: readonly Conjunct[]): FieldRange | undefined {
  const ranges = new Map<string, FieldRange>();
  const open = new Map<string, Range>();
  const note = (field: string, measure: Measure, bounds: object): void => {
    const key = `${measure} ${field}`;
    const before = open.get(key) ?? ALL;
    const range = Object.entries(bounds).reduce((known, [op, bound]) => narrow(known, op, bound), before);
    if (range === before) return;
    open.set(key, range);
    ranges.set(key, { field, measure, ...closed(range) });
  };
  for (const { field, condition } of conjuncts) {
    if (isShared(field)) continue;
    note(field, 'value', condition);
    const { length } = condition;
    if (length !== undefined && !isJoined(field))
      note(field, 'length', typeof length === 'number' ? { '=': length } : length);
  }
  return [...ranges.values()].sort(byUse)[0];
}

/** Whether no number is in a range: bounds contradict each other. */
export function isNever({ least, most }: FieldRange): boolean {
  return least > most;
}

/** A range that no number is in first, then those with two ends, then what is quick to read. */
function byUse(a: FieldRange, b: FieldRange): number {
  return priceOf(a) - priceOf(b) || (a.field < b.field ? -1 : 1);
}

function priceOf(range: FieldRange): number {
  if (isNever(range)) return -1;
  const isFinite = Number.isFinite(range.least) && Number.isFinite(range.most);
  return (isDear(range.field) ? 4 : 0) + (isFinite ? 0 : 2) + (range.field.startsWith('facts.') ? 1 : 0);
}

/** An end that is not part of a range gives way to the next number there is. */
function closed(range: Range): Pick<FieldRange, 'least' | 'most'> {
  if (isEmptyRange(range, false)) return { least: Infinity, most: -Infinity };
  const { min, isMinOpen, max, isMaxOpen } = range;
  return { least: isMinOpen ? above(min) : min, most: isMaxOpen ? -above(-max) : max };
}

/** The least number above one that is below infinity. */
function above(number: number): number {
  if (number === 0) return Number.MIN_VALUE;
  NUMBER[0] = number;
  BITS[0] = (BITS[0] ?? 0n) + (number > 0 ? 1n : -1n);
  return NUMBER[0];
}
