import { quantile } from '../paired.js';

/** Times of single runs, in microseconds. */
export interface Timing {
  readonly p50: number;
  readonly p99: number;
}

const EMPTY_READINGS = 1_000;

/** Runs each item once and times it; what reading the clock itself takes is taken off. */
export function timeEach<T>(items: readonly T[], run: (item: T) => void): Timing {
  const clock = clockCost();
  const micros = new Float64Array(items.length);
  for (let index = 0; index < items.length; index += 1) {
    const startedAt = performance.now();
    run(items[index] as T); // the index is within the list
    micros[index] = (performance.now() - startedAt) * 1000;
  }
  return timingOf(micros, clock);
}

/** The same for what takes long or is asynchronous, until the time is up or there are no more; at least one. */
export async function timeSome<T>(
  items: readonly T[],
  milliseconds: number,
  run: (item: T) => unknown,
): Promise<Timing & { readonly count: number }> {
  const end = performance.now() + milliseconds;
  const micros: number[] = [];
  for (const item of items) {
    const startedAt = performance.now();
    const result = run(item);
    if (result instanceof Promise) await result;
    micros.push((performance.now() - startedAt) * 1000);
    if (performance.now() >= end) break;
  }
  return { ...timingOf(micros, clockCost()), count: micros.length };
}

function timingOf(micros: ArrayLike<number>, clock: number): Timing {
  const values = Array.from(micros);
  const at = (share: number): number => Math.max(0, quantile(values, share) - clock);
  return { p50: at(0.5), p99: at(0.99) };
}

function clockCost(): number {
  const readings: number[] = [];
  for (let index = 0; index < EMPTY_READINGS; index += 1) {
    const startedAt = performance.now();
    readings.push((performance.now() - startedAt) * 1000);
  }
  return quantile(readings, 0.5);
}
