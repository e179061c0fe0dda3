import { createIntegers, type Integers } from './integers.js';
import { createKeyCollector } from './key-table.js';
import { groupKeys } from './key-groups.js';
import { NODE, TREE, type RangeTable } from './range-table.js';

/** A range of numbers and whose it is. */
export interface RangeEntry {
  /** Which of the plan's `ranges` it is of. */
  readonly measured: number;
  readonly least: number;
  readonly most: number;
  readonly number: number;
}

/** Collects ranges for a table. */
export interface RangeCollector {
  /** Adds a range under a key, which is given as both halves of its hash. */
  add(low: number, high: number, entry: RangeEntry): void;
  build(): RangeTable;
}

/** What was collected, each range under its place in all of these. */
interface Columns {
  readonly lows: Integers;
  readonly highs: Integers;
  readonly measured: Integers;
  readonly numbers: Integers;
  /** Two numbers a range: its ends. */
  ends: Float64Array;
}

const FIRST_CAPACITY = 64;

/** An empty collector. */
export function createRangeCollector(): RangeCollector {
  const columns: Columns = {
    lows: createIntegers(),
    highs: createIntegers(),
    measured: createIntegers(),
    numbers: createIntegers(),
    ends: new Float64Array(FIRST_CAPACITY * 2),
  };
  return {
    add(low, high, { measured, least, most, number }) {
      const at = columns.lows.length * 2;
      if (at === columns.ends.length) columns.ends = grown(columns.ends);
      columns.ends[at] = least;
      columns.ends[at + 1] = most;
      columns.lows.push(low);
      columns.highs.push(high);
      columns.measured.push(measured);
      columns.numbers.push(number);
    },
    build: () => buildTable(columns),
  };
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const next = new Float64Array(array.length * 2);
  next.set(array);
  return next;
}

function buildTable(columns: Columns): RangeTable {
  const { lows, highs, measured, ends } = columns;
  const keys = createKeyCollector();
  const trees = createIntegers();
  const bounds = new Float64Array(lows.length * NODE);
  const numbers = new Int32Array(lows.length);
  const groups = groupKeys(lows.view(), highs.view());
  let from = 0;
  for (const end of groups.ends) {
    const group = groups.members.subarray(from, end);
    group.sort((a, b) => measured.at(a) - measured.at(b) || compare(ends[a * 2], ends[b * 2]));
    for (let start = 0; start < group.length;) {
      const first = group[start] ?? 0;
      const behind = group.findIndex((of, at) => at > start && measured.at(of) !== measured.at(first));
      const members = group.subarray(start, behind < 0 ? group.length : behind);
      // Trees of one key ascend: a look-up relies on it to pass each at most once.
      keys.add(lows.at(first), highs.at(first), trees.length / TREE);
      trees.push(measured.at(first));
      trees.push(from + start);
      plant({ columns, bounds, numbers, root: from + start }, members, 1);
      start += members.length;
    }
    from = end;
  }
  return { keys: keys.build(), trees: trees.view(), bounds, numbers };
}

/** Infinities of one sign are equal. */
function compare(a = 0, b = 0): number {
  return a === b ? 0 : a - b;
}

/** A tree under construction. */
interface Plot extends Pick<RangeTable, 'bounds' | 'numbers'> {
  readonly columns: Columns;
  /** Place of its root. */
  readonly root: number;
}

/**
 * Makes the tree below a node.
 * @param members - its ranges, by their lower ends; their order is used up.
 * @param node - counted from 1; the children of n are 2n and 2n + 1.
 */
function plant(plot: Plot, members: Int32Array, node: number): void {
  const { columns, bounds, numbers, root } = plot;
  const { ends } = columns;
  if (members.length === 0) return;
  let top = 0;
  for (let at = 1; at < members.length; at += 1)
    if ((ends[(members[at] ?? 0) * 2 + 1] ?? 0) > (ends[(members[top] ?? 0) * 2 + 1] ?? 0)) top = at;
  const own = members[top] ?? 0;
  const place = root + node - 1;
  bounds[place * NODE] = ends[(members[0] ?? 0) * 2] ?? 0;
  bounds[place * NODE + 1] = ends[own * 2 + 1] ?? 0;
  bounds[place * NODE + 2] = ends[own * 2] ?? 0;
  numbers[place] = columns.numbers.at(own);
  members.copyWithin(top, top + 1);
  const left = leftOf(members.length);
  plant(plot, members.subarray(0, left), node * 2);
  plant(plot, members.subarray(left, members.length - 1), node * 2 + 1);
}

/** Nodes left of the root of a tree whose rows are full but the last, which fills from the left. */
function leftOf(size: number): number {
  const half = 2 ** (31 - Math.clz32(size)) / 2; // room in the left half of the last row
  const last = size - (half * 2 - 1);
  return size < 2 ? 0 : half - 1 + Math.min(last, half);
}
