/** Waiting times between attempts. */
export interface Backoff {
  /** The next wait, in milliseconds. */
  next(): number;
  /** Starts over, after a success. */
  reset(): void;
}

/** The first wait, in milliseconds: a Core that starts a moment after the process is found at once. */
const FIRST_MS = 100;
/** The longest wait, in milliseconds. */
const CAP_MS = 30_000;
/** From one wait to the next. */
const FACTOR = 1.3;

/**
 * Exponential back-off from 0.1 s to 30 s. Each wait is drawn from the upper half of its range, so that a fleet does not
 * return in step after Core restarts.
 * @param random - from 0 to below 1.
 */
export function createBackoff(random: () => number = Math.random): Backoff {
  let ceilingMs = FIRST_MS;
  return {
    next() {
      const waitMs = ceilingMs * (0.5 + random() / 2);
      ceilingMs = Math.min(ceilingMs * FACTOR, CAP_MS);
      return waitMs;
    },
    reset() {
      ceilingMs = FIRST_MS;
    },
  };
}
