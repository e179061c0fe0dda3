// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
import { hashGram, maskOf } from './gram-hash.js';
import { seedOf } from './index-plan.js';
import type { PhraseFinder } from './phrase-finder.js';
import { mayHoldKey, type PhraseTable } from './phrase-table.js';
import { STRIDES, type Stride } from './strides.js';
import { WINDOW } from './text-window.js';

/** Looks at the first bytes of the window at every step of a stride. */
export type GramScan = (length: number, isFirst: boolean) => void;

/** What a scan looks grams up in. */
export interface GramTarget {
  readonly table: PhraseTable;
  readonly finder: PhraseFinder;
}

/** Makes the scan of one field and one stride, which is a position in {@link STRIDES}. */
export function createGramScan(target: GramTarget, field: number, stride: number): GramScan {
  const { step, width } = STRIDES[stride] ?? { step: 0, width: 1 };
  const seed = seedOf('gram', field, stride) ^ (target.table.lists[0] ?? 0);
  if (step === 0) return scanStart(target, width, seed);
  if (width > 8) return scanFour(target, { step, width }, seed);
  return width > 4 ? scanTwo(target, { step, width }, seed) : scanOne(target, { step, width }, seed);
}

function scanStart({ table, finder }: GramTarget, width: number, seed: number): GramScan {
  const { filter } = table;
  return (length, isFirst) => {
    if (!isFirst || length < width) return;
    const low = hashGram(WINDOW, 0, width, seed);
    if (mayHoldKey(filter, low)) finder.lookUp(0, width, low, seed);
  };
}

// Three loops that differ in the hash. Hash and filter are written out, word for word what `hashGram` and `mayHoldKey` do:
// calls are compiled into such a loop only as long as V8's budget lasts, and without that it takes twice as long.

function scanFour({ table, finder }: GramTarget, { step, width }: Stride, seed: number): GramScan {
  const { filter } = table;
  return (length) => {
    const view = WINDOW;
    const mask = filter.length - 1;
    const last = length - width;
    for (let at = 0; at <= last; at += step) {
      const sum =
        Math.imul(view.getInt32(at, true) ^ seed, 0x85ebca6b) ^
        Math.imul(view.getInt32(at + 4, true) ^ ~seed, 0x9e3779b1) ^
        Math.imul(view.getInt32(at + 8, true), 0xc2b2ae35) ^
        Math.imul(view.getInt32(at + 12, true), 0x27d4eb2f);
      const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
      const low = mixed ^ (mixed >>> 15);
      const word = filter[low & mask] ?? 0;
      if (((word >>> (low >>> 27)) & (word >>> (low >>> 22)) & (word >>> (low >>> 17)) & 1) === 0) continue;
      finder.lookUp(at, width, low, seed);
    }
  };
}

function scanTwo({ table, finder }: GramTarget, { step, width }: Stride, seed: number): GramScan {
  const { filter } = table;
  const kept = maskOf(width);
  return (length) => {
    const view = WINDOW;
    const mask = filter.length - 1;
    const last = length - width;
    for (let at = 0; at <= last; at += step) {
      const sum =
        Math.imul(view.getInt32(at, true) ^ seed, 0x85ebca6b) ^
        Math.imul((view.getInt32(at + 4, true) & kept) ^ ~seed, 0x9e3779b1);
      const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
      const low = mixed ^ (mixed >>> 15);
      const word = filter[low & mask] ?? 0;
      if (((word >>> (low >>> 27)) & (word >>> (low >>> 22)) & (word >>> (low >>> 17)) & 1) === 0) continue;
      finder.lookUp(at, width, low, seed);
    }
  };
}

function scanOne({ table, finder }: GramTarget, { step, width }: Stride, seed: number): GramScan {
  const { filter } = table;
  const kept = maskOf(width);
  return (length) => {
    const view = WINDOW;
    const mask = filter.length - 1;
    const last = length - width;
    for (let at = 0; at <= last; at += step) {
      const sum = Math.imul((view.getInt32(at, true) & kept) ^ seed, 0x85ebca6b);
      const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
      const low = mixed ^ (mixed >>> 15);
      const word = filter[low & mask] ?? 0;
      if (((word >>> (low >>> 27)) & (word >>> (low >>> 22)) & (word >>> (low >>> 17)) & 1) === 0) continue;
      finder.lookUp(at, width, low, seed);
    }
  };
}
