// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
import { hashBytes } from './gram-hash.js';
import { createNumberSet } from './number-set.js';
import {
  CHECK_SEED,
  KIND_BIT,
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

/** Makes the finder of a table. */
export function createPhraseFinder({ filter, slots, lists, phrases }: PhraseTable): PhraseFinder {
  const seen = createNumberSet();
  let found: number[] = [];
  let length = 0;
  let place = 0;

  function follow(ref: number, low: number, high: number, from: number, to: number): void {
    if (ref > 0) return check(ref - 1);
    const node = -ref;
    const header = lists[node] ?? 0;
    const end = node + (header & ((1 << KIND_BIT) - 1));
    for (let index = node + 1; index <= end; index += 1) check(lists[index] ?? 0);
    for (let kinds = header >>> KIND_BIT, kind = 0; kinds !== 0; kinds >>>= 1, kind += 1) {
      if ((kinds & 1) === 0) continue;
      const step = STEPS[kind] ?? 0;
      const at = step > 0 ? to : from + step;
      if (at < 0 || to + step > length) continue;
      const nextLow = stepLow(WINDOW, at, step, low);
      if (!mayHoldKey(filter, nextLow)) continue;
      const nextHigh = stepHigh(WINDOW, at, step, high);
      const next = refOf(slots, nextLow, nextHigh);
      if (next === 0) continue;
      if (step > 0) follow(next, nextLow, nextHigh, from, to + step);
      else follow(next, nextLow, nextHigh, at, to);
    }
  }

  function check(entry: number): void {
    const phrase = entry >>> OFFSET_BITS;
    const start = place - (entry & ((1 << OFFSET_BITS) - 1));
    const at = phrase * PHRASE;
    const size = phrases[at] ?? 0;
    if (start < 0 || start + size > length || seen.has(phrase)) return;
    if (hashBytes(WINDOW, start, size, PHRASE_SEED) !== phrases[at + 1]) return;
    seen.add(phrase);
    report(phrases[at + 2] ?? 0);
  }

  function report(ref: number): void {
    if (ref > 0) {
      found.push(ref - 1);
      return;
    }
    const end = -ref + (lists[-ref] ?? 0);
    for (let index = -ref + 1; index <= end; index += 1) found.push(lists[index] ?? 0);
  }

  return {
    begin(into) {
      found = into;
      seen.clear();
    },
    enter(bytes) {
      length = bytes;
    },
    lookUp(at, width, low, seed) {
      const high = hashBytes(WINDOW, at, width, seed ^ CHECK_SEED);
      const ref = refOf(slots, low, high);
      if (ref === 0) return;
      place = at;
      follow(ref, low, high, at, at + width);
    },
  };
}
