/** The heap after some calls, everything collectable collected. */
export interface Checkpoint {
  readonly calls: number;
  readonly heapBytes: number;
  /** Spans started and not ended. */
  readonly open: number;
}

/** What a run has to show. */
export interface Outcome {
  readonly calls: number;
  readonly started: number;
  readonly ended: number;
  /** Ends of spans that had ended before. */
  readonly endedTwice: number;
  readonly checkpoints: readonly Checkpoint[];
  /** Failures inside Arc. */
  readonly errors: number;
}

/** Checkpoints before this share of the calls are left out: compiled code and caches grow until then. */
const WARM_UP = 0.3;

/**
 * Slope of the heap over the calls, by least squares.
 * @returns bytes per call.
 * @example heapSlope([{ calls: 0, heapBytes: 0, open: 0 }, { calls: 10, heapBytes: 20, open: 0 }]) // 2
 */
export function heapSlope(checkpoints: readonly Checkpoint[]): number {
  const meanCalls = mean(checkpoints.map(({ calls }) => calls));
  const meanBytes = mean(checkpoints.map(({ heapBytes }) => heapBytes));
  let above = 0;
  let below = 0;
  for (const { calls, heapBytes } of checkpoints) {
    above += (calls - meanCalls) * (heapBytes - meanBytes);
    below += (calls - meanCalls) ** 2;
  }
  return above / below;
}

/** The checkpoints that count for the slope. */
export function settled({ calls, checkpoints }: Outcome): readonly Checkpoint[] {
  return checkpoints.filter((checkpoint) => checkpoint.calls >= calls * WARM_UP);
}

/**
 * Says what is wrong with a run.
 * @param maxSlope - most bytes the heap may grow for each call.
 * @returns an empty list when nothing is.
 */
export function complaints(outcome: Outcome, maxSlope: number): readonly string[] {
  const { calls, started, ended, endedTwice, errors } = outcome;
  const slope = heapSlope(settled(outcome));
  return [
    ...(started === calls ? [] : [`${calls} calls started ${started} spans`]),
    ...(ended === started ? [] : [`${started - ended} spans are still open`]),
    ...(endedTwice === 0 ? [] : [`${endedTwice} spans ended twice`]),
    ...(errors === 0 ? [] : [`${errors} failures inside Arc`]),
    ...(slope <= maxSlope
      ? []
      : [`the heap grows by ${slope.toFixed(1)} bytes a call, allowed are ${maxSlope}`]),
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
