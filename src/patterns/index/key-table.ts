// HOT: runs several times on every LLM call. Benchmark: npm run bench -- match
import { addToFilter, filterWords, mayHold, type KeyFilter } from './key-filter.js';

/**
 * Which patterns are filed under a key, as arrays that workers can share: an open-addressing table of the keys' hashes and
 * the lists they point to.
 */
export interface KeyTable {
  readonly filter: KeyFilter;
  /** Three numbers a slot: both halves of the hash, and what is there: see {@link refOf}. */
  readonly slots: Int32Array;
  /** Lists of numbers, each behind its length. */
  readonly lists: Int32Array;
}

/** Collects keys for a table. */
export interface KeyCollector {
  add(low: number, high: number, number: number): void;
  build(allocate: (words: number) => Int32Array): KeyTable;
}

/** Words of a slot. */
const SLOT = 3;
/** Share of the slots in use at most. */
const LOAD = 0.7;
const FIRST_CAPACITY = 1_024;

/** Adds to `found` the numbers filed under a key. A hash that only looks alike adds numbers too many, never too few. */
export function findInTable(table: KeyTable, low: number, high: number, found: number[]): void {
  if (!mayHold(table.filter, low, high)) return;
  const { slots } = table;
  const mask = slots.length / SLOT - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const at = slot * SLOT;
    const ref = slots[at + 2] ?? 0;
    if (ref === 0) return;
    if (slots[at] === low && slots[at + 1] === high) return follow(table.lists, ref, found);
  }
}

/** A positive reference is one number and one; a negative one is where its list begins. */
function follow(lists: Int32Array, ref: number, found: number[]): void {
  if (ref > 0) {
    found.push(ref - 1);
    return;
  }
  const start = -ref;
  const end = start + (lists[start - 1] ?? 0);
  for (let index = start; index < end; index += 1) found.push(lists[index] ?? 0);
}

/** An empty collector. */
export function createKeyCollector(): KeyCollector {
  let entries = new Int32Array(FIRST_CAPACITY * SLOT);
  let size = 0;
  return {
    add(low, high, number) {
      if (size === entries.length) entries = grown(entries);
      entries[size] = low;
      entries[size + 1] = high;
      entries[size + 2] = number;
      size += SLOT;
    },
    build: (allocate) => buildTable(entries.subarray(0, size), allocate),
  };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}

/** Two passes: count what each key has, then fill the lists. */
function buildTable(entries: Int32Array, allocate: (words: number) => Int32Array): KeyTable {
  const count = entries.length / SLOT;
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, count / LOAD)));
  const slots = allocate(capacity * SLOT);
  const filter = allocate(filterWords(count));
  const counts = new Int32Array(capacity);
  for (let at = 0; at < entries.length; at += SLOT) {
    const low = entries[at] ?? 0;
    const high = entries[at + 1] ?? 0;
    const slot = claim(slots, counts, low, high);
    counts[slot] = (counts[slot] ?? 0) + 1;
    addToFilter(filter, low, high);
  }
  const lists = allocate(placeLists(slots, counts));
  fillLists(entries, { filter, slots, lists }, counts);
  return { filter, slots, lists };
}

/** The slot of a key; a new one when it has none. */
function claim(slots: Int32Array, counts: Int32Array, low: number, high: number): number {
  const mask = counts.length - 1;
  let slot = low & mask;
  while (counts[slot] !== 0 && (slots[slot * SLOT] !== low || slots[slot * SLOT + 1] !== high)) {
    slot = (slot + 1) & mask;
  }
  slots[slot * SLOT] = low;
  slots[slot * SLOT + 1] = high;
  return slot;
}

/** Gives every key with more than one number a place for its list. @returns words the lists need. */
function placeLists(slots: Int32Array, counts: Int32Array): number {
  let end = 0;
  for (let slot = 0; slot < counts.length; slot += 1) {
    const count = counts[slot] ?? 0;
    if (count < 2) continue;
    slots[slot * SLOT + 2] = -(end + 1);
    end += count + 1;
  }
  return end;
}

function fillLists(entries: Int32Array, { slots, lists }: KeyTable, counts: Int32Array): void {
  for (let at = 0; at < entries.length; at += SLOT) {
    const slot = claim(slots, counts, entries[at] ?? 0, entries[at + 1] ?? 0);
    const number = entries[at + 2] ?? 0;
    const ref = slots[slot * SLOT + 2] ?? 0;
    if (ref >= 0) slots[slot * SLOT + 2] = number + 1;
    else append(lists, -ref, number);
  }
}

function append(lists: Int32Array, start: number, number: number): void {
  const length = lists[start - 1] ?? 0;
  lists[start + length] = number;
  lists[start - 1] = length + 1;
}
