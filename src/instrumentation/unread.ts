// HOT: notes every LLM call made through an `APIPromise`. Benchmark: npm run bench -- call
import { AsyncResource } from 'node:async_hooks';
import { noFacts } from './adapters/adapter.js';
import { abandonCall } from './call.js';
import type { Call } from './call-state.js';

/** What the promises of one call share; collected only with the last of them. */
export interface SharedCall {
  readonly call: Call;
}

/**
 * Calls whose promises nobody has read yet. Almost all are read at once, by an `await`, and registering each with a
 * `FinalizationRegistry` would keep it, and the request it holds, alive until the next full collection.
 */
const unread = new Set<SharedCall>();
/** How long a promise is given to be read before its collection is watched, in milliseconds. */
const PATIENCE_MS = 500;
let timer: NodeJS.Timeout | undefined;
/** Timers keep the asynchronous context they are made in, and with it a request of the application; this one has none. */
const nowhere = new AsyncResource('arc.unread');

/** Ends the spans of calls whose promises were dropped before anybody read them. */
const dropped = new FinalizationRegistry<Call>((call) => {
  if (!call.streamed) abandonCall(call, noFacts());
});

/** A promise was made; until it is read, its collection ends the span. */
export function noteUnread(shared: SharedCall): void {
  unread.add(shared);
  timer ??= nowhere.runInAsyncScope(setTimeout, undefined, watchUnread, PATIENCE_MS).unref();
}

/** Somebody reads the promise: what comes back, or its failure, ends the span. */
export function noteRead(shared: SharedCall): void {
  unread.delete(shared);
}

function watchUnread(): void {
  timer = undefined;
  for (const shared of unread) dropped.register(shared, shared.call);
  unread.clear();
}
