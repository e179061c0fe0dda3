import { setTimeout as delay } from 'node:timers/promises';

/** How long and how often {@link waitUntil} looks. */
export interface WaitOptions {
  /** Give up after this long, in milliseconds; 10 seconds when left out. */
  readonly timeoutMs?: number;
  /** Time between two looks, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Polls until a condition yields something other than false, null or undefined, and returns that.
 * @param what - the condition in words, for the error.
 * @throws {Error} when the time is up, with the words and the last error of the condition.
 */
export async function waitUntil<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 20 }: WaitOptions = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      // Excludes exactly what the return type excludes; TypeScript does not narrow a bare T.
      if (value !== false && value !== null && value !== undefined)
        return value as NonNullable<Exclude<T, false>>;
    } catch (error) {
      cause = error;
    }
    await delay(everyMs);
  } while (performance.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause });
}
