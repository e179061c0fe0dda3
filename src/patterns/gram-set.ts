// HOT: runs for every text that is compared with a known one. Benchmark: npm run bench -- match
/** UTF-16 units of a gram. Four characters survive typos that break words. */
export const GRAM_UNITS = 4;

/** Words of a slot: which set it is of, and the gram. */
const SLOT = 3;
const FIRST_SLOTS = 1_024;
/** A larger table is not kept for the next text. */
const KEPT_SLOTS = 65_536;

/** The grams of one text at a time: an open table that is used again. A slot of an earlier set is an empty one. */
let slots = new Int32Array(FIRST_SLOTS * SLOT);
let mask = FIRST_SLOTS - 1;
let present = 0;

/**
 * Takes in the distinct grams of a text of at least four units, instead of those of the text before.
 * @param limit - more distinct ones are not taken in.
 * @returns how many there are, or -1 for more than the limit.
 */
export function takeGrams(text: string, limit = Infinity): number {
  startSet(Math.min(limit, text.length - GRAM_UNITS + 1));
  let size = 0;
  let [high, low] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    high = (high << 16) | (low >>> 16);
    low = (low << 16) | text.charCodeAt(index);
    if (index < GRAM_UNITS - 1) continue;
    const at = placeOf(high, low);
    if (slots[at] === present) continue;
    if (size >= limit) return -1;
    slots[at] = present;
    slots[at + 1] = high;
    slots[at + 2] = low;
    size += 1;
  }
  return size;
}

/** The distinct grams of a text of at least four units one after another, two words each. */
export function listGrams(text: string): Int32Array {
  const list = new Int32Array(takeGrams(text) * 2);
  let size = 0;
  for (let at = 0; at <= mask * SLOT; at += SLOT) {
    if (slots[at] !== present) continue;
    list[size] = slots[at + 1] ?? 0;
    list[size + 1] = slots[at + 2] ?? 0;
    size += 2;
  }
  return list;
}

/** How many of the listed grams are among those taken in last. */
export function countShared(list: Int32Array): number {
  let shared = 0;
  for (let at = 0; at < list.length; at += 2) {
    if (slots[placeOf(list[at] ?? 0, list[at + 1] ?? 0)] === present) shared += 1;
  }
  return shared;
}

/** At most half of the slots are in use, so that every search ends. */
function startSet(most: number): void {
  mask = 2 ** Math.ceil(Math.log2(most * 2 + 4)) - 1;
  const kept = slots.length / SLOT;
  if (mask >= kept || kept > KEPT_SLOTS) slots = new Int32Array(Math.max(FIRST_SLOTS, mask + 1) * SLOT);
  present = (present + 1) | 0;
  if (present !== 0) return;
  slots.fill(0);
  present = 1;
}

/** Where a gram is, or else where it would be. */
function placeOf(high: number, low: number): number {
  const mixed = Math.imul(Math.imul(high, 0x85ebca6b) ^ low, 0x9e3779b1);
  let slot = (mixed ^ (mixed >>> 15)) & mask;
  for (; ; slot = (slot + 1) & mask) {
    const at = slot * SLOT;
    if (slots[at] !== present || (slots[at + 1] === high && slots[at + 2] === low)) return at;
  }
}
