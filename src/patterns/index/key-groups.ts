import { createIntegers } from './integers.js';

/** Positions in a list of keys, brought together by key. */
export interface KeyGroups {
  /** The positions, group after group. */
  readonly members: Int32Array;
  /** Where each group ends in `members`. */
  readonly ends: Int32Array;
}

/** Groups the positions of equal 64-bit keys, given as two halves. */
export function groupKeys(lows: Int32Array, highs: Int32Array): KeyGroups {
  const { groupOf, sizes } = assignGroups(lows, highs);
  let end = 0;
  const ends = sizes.map((size) => (end += size));
  const next = ends.map((last, group) => last - (sizes[group] ?? 0));
  const members = new Int32Array(lows.length);
  groupOf.forEach((group, index) => {
    const at = next[group] ?? 0;
    members[at] = index;
    next[group] = at + 1;
  });
  return { members, ends };
}

function assignGroups(
  lows: Int32Array,
  highs: Int32Array,
): { readonly groupOf: Int32Array; readonly sizes: Int32Array } {
  const slots = new Int32Array(tableSize(lows.length));
  const firsts = createIntegers();
  const sizes = createIntegers();
  const groupOf = lows.map((low, index) => {
    let slot = low & (slots.length - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const group = (slots[slot] ?? 0) - 1;
      const first = firsts.at(group);
      if (lows[first] !== low || highs[first] !== highs[index]) continue;
      sizes.set(group, sizes.at(group) + 1);
      return group;
    }
    firsts.push(index);
    sizes.push(1);
    slots[slot] = firsts.length;
    return firsts.length - 1;
  });
  return { groupOf, sizes: sizes.view().slice() };
}

/** Slots of an open table for so many keys: a power of two, at most seven tenths of them in use and one surely free. */
export function tableSize(keys: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, keys / 0.7)));
}
