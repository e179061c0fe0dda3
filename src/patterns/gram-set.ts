// HOT: runs for every text that is compared with a known one. Benchmark: npm run bench -- match
/** UTF-16 units of a gram. Four characters survive typos that break words. */
export const GRAM_UNITS = 4;

/** The distinct grams of a text: an open table of two words a gram, and which of its slots are in use. */
export interface GramSet {
  readonly size: number;
  readonly slots: Int32Array;
  readonly isUsed: Uint8Array;
}

/**
 * The grams of a text of at least four units.
 * @param limit - undefined is returned for a text of more distinct ones.
 */
export function gramsOf(text: string, limit = Infinity): GramSet | undefined {
  const most = Math.min(limit, text.length - GRAM_UNITS + 1);
  const isUsed = new Uint8Array(2 ** Math.ceil(Math.log2(most * 2 + 4)));
  const slots = new Int32Array(isUsed.length * 2);
  let size = 0;
  let [high, low] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    high = (high << 16) | (low >>> 16);
    low = (low << 16) | text.charCodeAt(index);
    if (index < GRAM_UNITS - 1) continue;
    const slot = slotOf(slots, isUsed, high, low);
    if (isUsed[slot] === 1) continue;
    if (size >= limit) return undefined;
    isUsed[slot] = 1;
    slots[slot * 2] = high;
    slots[slot * 2 + 1] = low;
    size += 1;
  }
  return { size, slots, isUsed };
}

/** The grams of a set one after another, two words each. */
export function listGrams({ size, slots, isUsed }: GramSet): Int32Array {
  const list = new Int32Array(size * 2);
  let at = 0;
  isUsed.forEach((used, slot) => {
    if (used === 0) return;
    list[at] = slots[slot * 2] ?? 0;
    list[at + 1] = slots[slot * 2 + 1] ?? 0;
    at += 2;
  });
  return list;
}

/** How many of the listed grams are in a set. */
export function countShared(list: Int32Array, { slots, isUsed }: GramSet): number {
  let shared = 0;
  for (let at = 0; at < list.length; at += 2) {
    if (isUsed[slotOf(slots, isUsed, list[at] ?? 0, list[at + 1] ?? 0)] === 1) shared += 1;
  }
  return shared;
}

function slotOf(slots: Int32Array, isUsed: Uint8Array, high: number, low: number): number {
  const mask = isUsed.length - 1;
  const mixed = Math.imul(Math.imul(high, 0x85ebca6b) ^ low, 0x9e3779b1);
  let slot = (mixed ^ (mixed >>> 15)) & mask;
  while (isUsed[slot] === 1 && (slots[slot * 2] !== high || slots[slot * 2 + 1] !== low))
    slot = (slot + 1) & mask;
  return slot;
}
