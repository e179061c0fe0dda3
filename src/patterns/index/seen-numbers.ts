// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
/** Whole numbers from 0 to 2^31 - 2 that a request has met; used again for each. Grows with them, not with the patterns. */
export interface SeenNumbers {
  has(number: number): boolean;
  /** @returns false when it was there already. */
  add(number: number): boolean;
  clear(): void;
}

const FIRST_SLOTS = 64;
/** A larger table is not kept for the next request. */
const KEPT_SLOTS = 65_536;

/** None seen yet. */
export function createSeenNumbers(): SeenNumbers {
  let slots = new Int32Array(FIRST_SLOTS);
  let size = 0;

  function slotOf(number: number): number {
    const mask = slots.length - 1;
    const hash = Math.imul(number, 0x9e3779b1);
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] !== 0 && slots[slot] !== number + 1) slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    const before = slots;
    slots = new Int32Array(before.length * 4);
    for (const value of before) if (value !== 0) slots[slotOf(value - 1)] = value;
  }

  return {
    has: (number) => size > 0 && slots[slotOf(number)] !== 0,
    add(number) {
      const slot = slotOf(number);
      if (slots[slot] !== 0) return false;
      slots[slot] = number + 1;
      size += 1;
      if (size * 2 > slots.length) grow();
      return true;
    },
    clear() {
      if (size === 0) return;
      size = 0;
      if (slots.length > KEPT_SLOTS) slots = new Int32Array(FIRST_SLOTS);
      else slots.fill(0);
    },
  };
}
