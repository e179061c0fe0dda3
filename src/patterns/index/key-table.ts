// HOT: runs several times on every LLM call. Benchmark: npm run bench -- match
import { addToFilter, filterWords, firstBit, mayHold, type KeyFilter } from './key-filter.js';

/**
 * Which patterns are filed under a key, as arrays that workers can share: an open-addressing table of the keys' hashes and
 * the lists they point to.
 */
export interface KeyTable {
  readonly filter: KeyFilter;
  /**
   * Two numbers a slot: the high half of the hash, and what is there: 0 for nothing, see {@link follow}. The low half says
   * where the search begins. At least one slot is empty, so that every search ends.
   */
  readonly slots: Int32Array;
  /** Lists of numbers, each behind its length. */
  readonly lists: Int32Array;
}

/** Collects keys for a table. */
export interface KeyCollector {
  add(low: number, high: number, number: number): void;
  build(): KeyTable;
  /** The filter alone, for keys of which it matters only whether they are there. */
  buildFilter(): KeyFilter;
  /** Number of keys, those that are there twice counted twice. */
  readonly count: number;
  /** Gives both halves of every key's hash. */
  eachKey(take: (low: number, high: number) => void): void;
}

/** Words of a slot. */
const SLOT = 2;
/** Words of a key that is collected: both halves of the hash, and the number. */
const ENTRY = 3;
/** Share of the slots in use at most. */
const LOAD = 0.7;
/** What is read only so that it is near when it is needed. */
export const READ_AHEAD = new Int32Array(1);
/** Keys there is room for at first. */
const FIRST_CAPACITY = 16;

/** Adds to `found` the numbers filed under a key. A hash that only looks alike adds numbers too many, never too few. */
export function findInTable(table: KeyTable, low: number, high: number, found: number[]): void {
  if (!mayHold(table.filter, low, high)) return;
  const { slots } = table;
  const mask = slots.length / SLOT - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const at = slot * SLOT;
    const ref = slots[at + 1] ?? 0;
    if (ref === 0) return;
    if (slots[at] === high) return follow(table.lists, ref, found);
  }
}

/**
 * The same for many keys, of which one half was made of the other, see {@link otherHalf}. Each step is taken for all of them
 * before the next, so that what they need comes from memory at the same time. Overwrites the keys.
 */
export function findEachInTable(table: KeyTable, keys: Int32Array, found: number[]): void {
  const { filter, slots } = table;
  const mask = slots.length / SLOT - 1;
  let passed = 0;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    keys[passed] = key;
    passed += firstBit(filter, key, otherHalf(key));
  }
  let held = 0;
  for (let index = 0; index < passed; index += 1) {
    const key = keys[index] ?? 0;
    if (!mayHold(filter, key, otherHalf(key))) continue;
    keys[held] = key;
    held += 1;
    READ_AHEAD[0] = slots[(key & mask) * SLOT] ?? 0;
  }
  for (let index = 0; index < held; index += 1) {
    const key = keys[index] ?? 0;
    findInTable(table, key, otherHalf(key), found);
  }
}

/** The half of a key's hash that goes with one of 32 bits, which are enough to tell some million apart. */
export function otherHalf(key: number): number {
  const mixed = Math.imul(key ^ (key >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) ^ 0x1f123bb5;
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
  let entries = new Int32Array(FIRST_CAPACITY * ENTRY);
  let size = 0;
  return {
    add(low, high, number) {
      if (size === entries.length) entries = grown(entries);
      entries[size] = low;
      entries[size + 1] = high;
      entries[size + 2] = number;
      size += ENTRY;
    },
    build: () => buildTable(entries.subarray(0, size)),
    buildFilter: () => buildFilter(entries.subarray(0, size)),
    get count() {
      return size / ENTRY;
    },
    eachKey(take) {
      for (let at = 0; at < size; at += ENTRY) take(entries[at] ?? 0, entries[at + 1] ?? 0);
    },
  };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}

function buildFilter(entries: Int32Array): KeyFilter {
  const filter = new Int32Array(filterWords(entries.length / ENTRY));
  for (let at = 0; at < entries.length; at += ENTRY)
    addToFilter(filter, entries[at] ?? 0, entries[at + 1] ?? 0);
  return filter;
}

/** Two passes: count what each key has, then fill the lists. */
function buildTable(entries: Int32Array): KeyTable {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, entries.length / ENTRY / LOAD)));
  const slots = new Int32Array(capacity * SLOT);
  const counts = new Int32Array(capacity);
  for (let at = 0; at < entries.length; at += ENTRY) {
    const slot = claim(slots, counts, entries[at] ?? 0, entries[at + 1] ?? 0);
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  const lists = new Int32Array(placeLists(slots, counts));
  fillLists(entries, { slots, lists }, counts);
  return { filter: buildFilter(entries), slots, lists };
}

/**
 * The slot of a key; a new one when it has none. Two keys may share one, which adds candidates: the search for either
 * passes the same slots, since none is ever emptied, and stops at the first with its high half.
 */
function claim(slots: Int32Array, counts: Int32Array, low: number, high: number): number {
  const mask = counts.length - 1;
  let slot = low & mask;
  while (counts[slot] !== 0 && slots[slot * SLOT] !== high) slot = (slot + 1) & mask;
  slots[slot * SLOT] = high;
  return slot;
}

/** Gives every key with more than one number a place for its list. @returns words the lists need. */
function placeLists(slots: Int32Array, counts: Int32Array): number {
  let end = 0;
  for (let slot = 0; slot < counts.length; slot += 1) {
    const count = counts[slot] ?? 0;
    if (count < 2) continue;
    slots[slot * SLOT + 1] = -(end + 1);
    end += count + 1;
  }
  return end;
}

function fillLists(
  entries: Int32Array,
  { slots, lists }: Omit<KeyTable, 'filter'>,
  counts: Int32Array,
): void {
  for (let at = 0; at < entries.length; at += ENTRY) {
    const slot = claim(slots, counts, entries[at] ?? 0, entries[at + 1] ?? 0);
    const number = entries[at + 2] ?? 0;
    const ref = slots[slot * SLOT + 1] ?? 0;
    if (ref >= 0) slots[slot * SLOT + 1] = number + 1;
    else append(lists, -ref, number);
  }
}

function append(lists: Int32Array, start: number, number: number): void {
  const length = lists[start - 1] ?? 0;
  lists[start + length] = number;
  lists[start - 1] = length + 1;
}
