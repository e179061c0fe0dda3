// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
import { hashBytes } from './gram-hash.js';
import { createSeenNumbers, type SeenNumbers } from './seen-numbers.js';
import {
  CHECK_SEED,
  KIND_BIT,
  LONGEST_STEP,
  mayHoldKey,
  OFFSET_BITS,
  PHRASE,
  PHRASE_SEED,
  refOf,
  stepHigh,
  stepLow,
  STEPS,
  type PhraseTable,
} from './phrase-table.js';
import { COMPARED_BYTES } from './strides.js';
import { WINDOW } from './text-window.js';

/** Follows the keys of a table through a window. Finds a phrase once however often it stands in the text. */
export interface PhraseFinder {
  /** Begins a text. */
  begin(found: number[]): void;
  /** Begins a window of so many bytes. */
  enter(length: number): void;
  /** Looks a gram up whose hash has passed the filter. */
  lookUp(at: number, width: number, low: number, seed: number): void;
}

/** Steps in a row at most: a phrase is compared eight bytes at a time, then by ever smaller steps, on both sides. */
const MOST_STEPS = COMPARED_BYTES / 4;

/** Where a path through the table has come to after each step: the bytes compared, and the key they lead to. */
interface Path {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
}

function createPath(): Path {
  return { from: createColumn(), to: createColumn(), low: createColumn(), high: createColumn() };
}

function createColumn(): Int32Array {
  return new Int32Array(MOST_STEPS + 1);
}

/** What a finder knows while it looks through a window. */
interface Search {
  readonly table: PhraseTable;
  readonly path: Path;
  /** Phrases of this text that were found already. */
  readonly seen: SeenNumbers;
  found: number[];
  /** Bytes of the window. */
  length: number;
  /** Where the gram stands. */
  place: number;
}

/** Makes the finder of a table. */
export function createPhraseFinder(table: PhraseTable): PhraseFinder {
  const { slots } = table;
  const path = createPath();
  const search: Search = { table, path, seen: createSeenNumbers(), found: [], length: 0, place: 0 };
  return {
    begin(into) {
      search.found = into;
      search.seen.clear();
    },
    enter(bytes) {
      search.length = bytes;
    },
    lookUp(at, width, low, seed) {
      const high = hashBytes(WINDOW, at, width, seed ^ CHECK_SEED);
      const ref = refOf(slots, low, high);
      if (ref === 0) return;
      search.place = at;
      path.from[0] = at;
      path.to[0] = at + width;
      path.low[0] = low;
      path.high[0] = high;
      follow(search, ref, 0, 0);
    },
  };
}

/** @param first - the first kind of step that may come next. */
function follow(search: Search, ref: number, depth: number, first: number): void {
  if (ref > 0) return check(search, ref - 1);
  const { lists } = search.table;
  const node = -ref;
  const header = lists[node] ?? 0;
  const end = node + (header & ((1 << KIND_BIT) - 1));
  for (let index = node + 1; index <= end; index += 1) check(search, lists[index] ?? 0);
  for (let kinds = (header >>> KIND_BIT) >>> first, kind = first; kinds !== 0; kinds >>>= 1, kind += 1) {
    if ((kinds & 1) === 0) continue;
    const next = take(search, STEPS[kind] ?? 0, depth);
    if (next !== 0) follow(search, next, depth + 1, isRepeated(kind) ? kind : kind + 1);
  }
}

/** Steps of eight bytes are taken as often as there are such; no table, whatever it holds, leads on without end. */
function isRepeated(kind: number): boolean {
  return Math.abs(STEPS[kind] ?? 0) === LONGEST_STEP;
}

/** Takes a step from the path's place at a depth to the next. @returns what is there; 0 for nothing. */
function take({ table, path, length }: Search, step: number, depth: number): number {
  const from = path.from[depth] ?? 0;
  const to = path.to[depth] ?? 0;
  const at = step > 0 ? to : from + step;
  const nextFrom = step > 0 ? from : at;
  const nextTo = step > 0 ? to + step : to;
  if (nextFrom < 0 || nextTo > length || nextTo - nextFrom > COMPARED_BYTES) return 0;
  const low = stepLow(WINDOW, at, step, path.low[depth] ?? 0);
  if (!mayHoldKey(table.filter, low)) return 0;
  const high = stepHigh(WINDOW, at, step, path.high[depth] ?? 0);
  path.from[depth + 1] = nextFrom;
  path.to[depth + 1] = nextTo;
  path.low[depth + 1] = low;
  path.high[depth + 1] = high;
  return refOf(table.slots, low, high);
}

function check({ table, seen, found, length, place }: Search, entry: number): void {
  const phrase = entry >>> OFFSET_BITS;
  const start = place - (entry & ((1 << OFFSET_BITS) - 1));
  const at = phrase * PHRASE;
  const size = table.phrases[at] ?? 0;
  if (start < 0 || start + size > length || seen.has(phrase)) return;
  if (hashBytes(WINDOW, start, size, PHRASE_SEED) !== table.phrases[at + 1]) return;
  seen.add(phrase);
  report(table.lists, table.phrases[at + 2] ?? 0, found);
}

function report(lists: Int32Array, ref: number, found: number[]): void {
  if (ref > 0) {
    found.push(ref - 1);
    return;
  }
  const end = -ref + (lists[-ref] ?? 0);
  for (let index = -ref + 1; index <= end; index += 1) found.push(lists[index] ?? 0);
}
