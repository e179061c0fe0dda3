/** Remembers when keys were first seen: eight bytes for each, sixteen where many small sets came together. */
export interface FirstSights {
  /** Notes keys, which ascend. A key that was here before keeps its instant. Takes milliseconds for a million. */
  see(keys: Float64Array, now: number): void;
  /** When a key was first seen. */
  of(key: number): number | undefined;
}

/** Keys that were seen in one span of time and not before. */
interface Batch {
  /** Ascending. */
  readonly keys: Float64Array;
  /** When all of them were first seen, or each. */
  readonly instants: number | Float64Array;
}

/** Batches are ordered by time; of more than this, the two neighbours that are smallest are put together. */
const MAX_BATCHES = 16;
/** Keys that are remembered; the oldest batch is forgotten first, but never the last. */
const MAX_KEYS = 4_000_000;
/** A list so many times longer than another is searched and not gone through. */
const MUCH_LONGER = 32;

/** Nothing seen yet. */
export function createFirstSights(): FirstSights {
  const batches: Batch[] = [];
  return {
    see(keys, now) {
      let fresh = keys;
      for (const batch of batches) {
        if (fresh.length === 0 || isSame(fresh, batch.keys)) return;
        fresh = without(fresh, batch.keys);
      }
      if (fresh.length === 0) return;
      // A view would keep alive what it is a view of: the whole image.
      batches.push({ keys: fresh === keys ? fresh.slice() : fresh, instants: now });
      if (batches.length > MAX_BATCHES) joinSmallest(batches);
      while (batches.length > 1 && countKeys(batches) > MAX_KEYS) batches.shift();
    },
    of(key) {
      for (const batch of batches) {
        const at = firstNotBelow(batch.keys, key);
        if (batch.keys[at] === key) return instantOf(batch, at);
      }
      return undefined;
    },
  };
}

/** Most sets that come again come as they were. */
function isSame(keys: Float64Array, others: Float64Array): boolean {
  return keys.length === others.length && Buffer.compare(bytesOf(keys), bytesOf(others)) === 0;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function instantOf({ instants }: Batch, at: number): number | undefined {
  return typeof instants === 'number' ? instants : instants[at];
}

function countKeys(batches: readonly Batch[]): number {
  return batches.reduce((sum, { keys }) => sum + keys.length, 0);
}

/** The members of one ascending list that are not in another. */
function without(keys: Float64Array, others: Float64Array): Float64Array {
  const isMuchLonger = others.length > keys.length * MUCH_LONGER;
  const left = new Float64Array(keys.length); // costs nothing where nothing is written
  let count = 0;
  let other = 0;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? 0;
    if (isMuchLonger) other = firstNotBelow(others, key);
    else while (other < others.length && (others[other] ?? 0) < key) other += 1;
    if (others[other] === key) continue;
    left[count] = key;
    count += 1;
  }
  return count * 2 < left.length ? left.slice(0, count) : left.subarray(0, count);
}

function firstNotBelow(keys: Float64Array, key: number): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] ?? 0) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

function joinSmallest(batches: Batch[]): void {
  const sizeAt = (at: number): number =>
    (batches[at]?.keys.length ?? 0) + (batches[at + 1]?.keys.length ?? 0);
  let best = 0;
  for (let at = 1; at < batches.length - 1; at += 1) if (sizeAt(at) < sizeAt(best)) best = at;
  const [first, second] = batches.slice(best, best + 2);
  if (first && second) batches.splice(best, 2, join(first, second));
}

/** No key is in both. */
function join(first: Batch, second: Batch): Batch {
  const size = first.keys.length + second.keys.length;
  const [keys, instants] = [new Float64Array(size), new Float64Array(size)];
  let [a, b] = [0, 0];
  for (let at = 0; at < size; at += 1) {
    const isFirst = (first.keys[a] ?? Infinity) < (second.keys[b] ?? Infinity);
    keys[at] = (isFirst ? first.keys[a] : second.keys[b]) ?? 0;
    instants[at] = (isFirst ? instantOf(first, a) : instantOf(second, b)) ?? 0;
    if (isFirst) a += 1;
    else b += 1;
  }
  return { keys, instants };
}
