import type { Telemetry } from './telemetry.js';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** What the end of a process needs to know. */
export interface EndOptions {
  /** Longest wait, in milliseconds; read when it matters. */
  readonly timeoutMs: () => number;
  /** Grows with every intercepted call. */
  readonly activity: () => number;
}

/** Sends waiting telemetry when the process ends, in each of the ways a process ends. */
export function flushAtProcessEnd(telemetry: Telemetry, { timeoutMs, activity }: EndOptions): void {
  for (const signal of SIGNALS) {
    const listener = (): void => void onSignal(signal, listener, telemetry.flush(timeoutMs()));
    process.on(signal, listener);
  }
  let flushedActivity = -1;
  process.on('beforeExit', () => {
    if (activity() === flushedActivity) return; // the flush keeps the loop alive and brings another beforeExit
    flushedActivity = activity();
    void telemetry.flush(timeoutMs());
  });
  process.on('exit', () => {
    telemetry.flushAtExit(timeoutMs());
  });
}

/**
 * A listener takes the signal's default effect away, so Arc brings it back after the flush. When the application
 * listens too, ending the process is its business.
 */
async function onSignal(
  signal: (typeof SIGNALS)[number],
  listener: () => void,
  flushed: Promise<void>,
): Promise<void> {
  const applicationListens = process.listenerCount(signal) > 1;
  await flushed;
  if (applicationListens) return;
  process.removeListener(signal, listener);
  process.kill(process.pid, signal);
}
