/** Seconds since the epoch from which a pattern is dead, as an unsigned number; the largest stands for never. */
export type ExpiryColumn = Int32Array;

const NEVER = 0xffff_ffff;

/** Collects instants for a column. */
export interface ExpiryCollector {
  /** Adds the RFC 3339 instant of the next number. */
  add(expires: string | undefined): void;
  /** The column; empty when nothing ever expires. */
  build(): ExpiryColumn;
}

/** An empty collector. */
export function createExpiryColumn(): ExpiryCollector {
  let seconds = new Int32Array(0);
  let count = 0;
  return {
    add(expires) {
      const at = expires === undefined ? NEVER : secondsOf(expires);
      // Nothing is kept until the first pattern that expires.
      if (at !== NEVER && count >= seconds.length) seconds = grown(seconds, count);
      else if (seconds.length > 0 && count === seconds.length) seconds = grown(seconds, count);
      if (seconds.length > 0) seconds[count] = at;
      count += 1;
    },
    build: () => seconds.subarray(0, count),
  };
}

/** Rounded up: the column never calls a living pattern dead, and the pattern's own test knows the millisecond. */
function secondsOf(expires: string): number {
  const at = Math.ceil(Date.parse(expires) / 1000);
  return at >= NEVER || Number.isNaN(at) ? NEVER : Math.max(0, at);
}

function grown(seconds: Int32Array, count: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(1_024, count * 2)).fill(-1); // all bits set: never
  next.set(seconds);
  return next;
}

/** @param now - milliseconds since the epoch, by the time of day. */
export function isExpired(column: ExpiryColumn, number: number, now: number): boolean {
  return number < column.length && ((column[number] ?? 0) >>> 0) * 1000 <= now;
}
