// HOT: runs on every LLM call that a pack has ranges for. Benchmark: npm run bench -- match
import type { KeyTable } from './key-table.js';

/**
 * Which patterns take which numbers. The values of shared fields lead through `keys` to trees, one for each field that is
 * measured among calls that have them. A tree is a priority search tree: a heap by the upper ends of its ranges and a search
 * tree by the lower ones, its nodes where a heap in an array has them, so that no bytes make a look-up run on without end.
 * @see McCreight, Priority Search Trees, SIAM Journal on Computing 14 (1985)
 */
export interface RangeTable {
  readonly keys: KeyTable;
  /** Two numbers a tree: which of the plan's `ranges` it is of, and its first node; the next tree begins behind its last. */
  readonly trees: Int32Array;
  /** Three numbers a node: the least lower end in the tree below it, its own upper and its own lower end. */
  readonly bounds: Float64Array;
  /** The pattern of each node. */
  readonly numbers: Int32Array;
}

/** Words of a tree. */
export const TREE = 2;
/** Numbers of a node. */
export const NODE = 3;

/**
 * Adds to `found` the patterns of a tree whose range has a value. Looks at the nodes on one way down, at those whose range
 * has the value, and at their children.
 */
export function findInTree(
  { trees, bounds, numbers }: RangeTable,
  tree: number,
  value: number,
  found: number[],
): void {
  const before = (trees[tree * TREE + 1] ?? 0) - 1; // nodes are counted from 1
  const size = (trees[tree * TREE + TREE + 1] ?? numbers.length) - before - 1;
  for (let node = 1; node <= size;) {
    const at = (before + node) * NODE;
    if ((bounds[at] ?? NaN) <= value && (bounds[at + 1] ?? NaN) >= value) {
      if ((bounds[at + 2] ?? NaN) <= value) found.push(numbers[before + node] ?? 0);
      if (node * 2 <= size) {
        node *= 2;
        continue;
      }
    }
    do {
      while ((node & 1) === 1) node >>= 1; // a right child, or the root: all below its parent is done
      if (node === 0) return;
      node += 1;
    } while (node > size);
  }
}
