/** How waiting times between attempts grow. */
export interface BackoffConfig {
  /** Before the second attempt, in milliseconds. */
  readonly initialMs: number;
  /** Longest, in milliseconds. */
  readonly maxMs: number;
}

/** Half a second up to half a minute: a restart is bridged quickly, an outage is not hammered. */
export const BACKOFF_DEFAULTS: BackoffConfig = Object.freeze({ initialMs: 500, maxMs: 30_000 });

/**
 * The wait before the next attempt: doubled each time, and drawn from the upper half of the interval, so that many
 * senders do not come back at once.
 * @param failures - attempts that failed so far, at least 1.
 * @param random - from 0 (inclusive) to 1 (exclusive).
 * @returns milliseconds.
 * @example backoffMs({ initialMs: 500, maxMs: 30_000 }, 3, 0.5) // 1500
 */
export function backoffMs({ initialMs, maxMs }: BackoffConfig, failures: number, random: number): number {
  const ceiling = Math.min(maxMs, initialMs * 2 ** (failures - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}
