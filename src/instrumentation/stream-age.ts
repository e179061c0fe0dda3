import { AsyncResource } from 'node:async_hooks';

/** A stream whose span has not ended yet. */
export interface OpenStream {
  /** When it is too old, on the clock of `performance.now()`, in milliseconds. */
  readonly until: number;
  /** Ends its span; must not throw. */
  expire(): void;
}

/** Streams that come due within this time of each other are ended together, in milliseconds. */
const GRAIN_MS = 20;

const open = new Set<OpenStream>();
let timer: NodeJS.Timeout | undefined;
let dueAt = Infinity;

/** Timers keep the asynchronous context they are made in, and with it a request of the application; this one has none. */
const nowhere = new AsyncResource('arc.stream-age');

/** Ends the stream's span when it comes of age, unless it is forgotten before. One timer serves all streams. */
export function trackStream(stream: OpenStream): void {
  open.add(stream);
  if (stream.until < dueAt) wakeAt(stream.until);
}

/** The stream's span has ended. */
export function forgetStream(stream: OpenStream): void {
  open.delete(stream);
}

/** Never keeps the process alive. */
function wakeAt(instant: number): void {
  clearTimeout(timer);
  dueAt = instant;
  const delayMs = Math.max(GRAIN_MS, instant - performance.now());
  nowhere.runInAsyncScope(() => {
    timer = setTimeout(sweep, delayMs).unref();
  });
}

function sweep(): void {
  const now = performance.now();
  let next = Infinity;
  for (const stream of open) {
    if (stream.until > now) next = Math.min(next, stream.until);
    else if (open.delete(stream)) stream.expire();
  }
  dueAt = Infinity;
  if (next < Infinity) wakeAt(next);
}
