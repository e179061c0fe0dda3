/** The two clocks of a process, both in milliseconds since the epoch. */
export interface Clock {
  /** The time of day. Jumps when somebody sets the machine's clock. */
  wall(): number;
  /** The time of day at which the process started, plus how long it has run: never jumps and never goes back. */
  steady(): number;
}

/** Read once: the getter is not free, and calls need it. */
const STARTED_AT = performance.timeOrigin;

/** The clocks of this process. */
export const PROCESS_CLOCK: Clock = Object.freeze({
  wall: () => Date.now(),
  steady: () => steadyAt(performance.now()),
});

/** The steady time at a reading of `performance.now()`, for callers that have one already. */
export function steadyAt(reading: number): number {
  return STARTED_AT + reading;
}
