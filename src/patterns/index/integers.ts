/** A list of 32-bit integers that grows, for building tables of unknown size. */
export interface Integers {
  readonly length: number;
  /** 0 beyond the end. */
  at(index: number): number;
  set(index: number, value: number): void;
  push(value: number): void;
  /** What is in the list; to be read before it grows again. */
  view(): Int32Array;
}

const FIRST_CAPACITY = 1_024;

/** An empty list. */
export function createIntegers(): Integers {
  let values = new Int32Array(FIRST_CAPACITY);
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => values[index] ?? 0,
    set(index, value) {
      values[index] = value;
    },
    push(value) {
      if (length === values.length) {
        const next = new Int32Array(length * 2);
        next.set(values);
        values = next;
      }
      values[length] = value;
      length += 1;
    },
    view: () => values.subarray(0, length),
  };
}
