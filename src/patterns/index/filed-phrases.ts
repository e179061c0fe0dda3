import { hashBytes } from './gram-hash.js';
import { createIntegers } from './integers.js';

/** Phrases in columns, and their bytes. */
export interface FiledPhrases {
  readonly view: DataView;
  /** Where the bytes begin in `view`, and how many there are. */
  readonly starts: Int32Array;
  readonly sizes: Int32Array;
  /** Positions in `STRIDES`. */
  readonly strides: Int32Array;
  /** Seeds of the hashes of the field and the stride. */
  readonly seeds: Int32Array;
  /** The patterns. */
  readonly numbers: Int32Array;
}

/** Phrases that several patterns have are one: the first of each, and which of those each phrase is. */
export function distinctPhrases(phrases: FiledPhrases): {
  readonly firsts: Int32Array;
  readonly idOf: Int32Array;
} {
  const { view, starts, sizes, seeds } = phrases;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(starts.length * 2 + 2)));
  const firsts = createIntegers();
  const idOf = starts.map((start, phrase) => {
    let slot = hashBytes(view, start, sizes[phrase] ?? 0, seeds[phrase] ?? 0) & (slots.length - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const id = (slots[slot] ?? 0) - 1;
      if (isSame(phrases, firsts.at(id), phrase)) return id;
    }
    firsts.push(phrase);
    slots[slot] = firsts.length;
    return firsts.length - 1;
  });
  return { firsts: firsts.view(), idOf };
}

function isSame({ view, starts, sizes, seeds }: FiledPhrases, a: number, b: number): boolean {
  if (seeds[a] !== seeds[b] || sizes[a] !== sizes[b]) return false;
  const [from, to] = [starts[a] ?? 0, starts[b] ?? 0];
  for (let at = 0; at < (sizes[a] ?? 0); at += 1) {
    if (view.getUint8(from + at) !== view.getUint8(to + at)) return false;
  }
  return true;
}
