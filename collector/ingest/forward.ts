import { setTimeout as delay } from 'node:timers/promises';
import { BACKOFF_DEFAULTS, type BackoffConfig, backoffMs } from './backoff.js';
import { createForwardQueue, type ForwardQueue, type QueuedExport } from './forward-queue.js';
import type { ForwardTarget } from './forward-target.js';
import { createForwardTally, type ForwardTally } from './forward-tally.js';
import { CLOSE_GRACE_MS } from './limits.js';
import type { Signal } from './signals.js';

/** What forwarding did since the start; shown on the page and in `/api/summary`. */
export interface ForwardStats {
  readonly url: string;
  /** Exports the endpoint took. */
  readonly delivered: number;
  /** Exports given up: refused by the endpoint, or pushed out of a full queue. */
  readonly dropped: number;
  readonly queuedExports: number;
  readonly queuedBytes: number;
  /** The last thing that went wrong; null once an export was delivered again. */
  readonly problem: string | null;
}

/** Passes exports on, in the background and in order. */
export interface Forwarder {
  /** Queues an export; never waits and never throws. */
  offer(signal: Signal, body: Uint8Array): void;
  stats(): ForwardStats;
  /** Sends what is queued for some seconds at most, then drops the rest. */
  close(): Promise<void>;
}

/** What a forwarder is made of; the defaults are for production. */
export interface ForwarderParts {
  readonly url: string;
  readonly target: ForwardTarget;
  readonly log: (line: string) => void;
  /** Largest sum of the queued exports, in bytes; beyond it the oldest are dropped. */
  readonly maxQueueBytes?: number;
  readonly backoff?: BackoffConfig;
  /** How long closing may take, in milliseconds. */
  readonly closeGraceMs?: number;
}

/** 64 MiB: minutes of a busy fleet's telemetry, and a bound on what an outage costs in memory. */
const MAX_QUEUE_BYTES = 67_108_864;

/** Builds a forwarder; it sends nothing before the first offer. */
export function createForwarder(parts: ForwarderParts): Forwarder {
  const { url, target, log, maxQueueBytes = MAX_QUEUE_BYTES, closeGraceMs = CLOSE_GRACE_MS } = parts;
  const queue = createForwardQueue(maxQueueBytes);
  const tally = createForwardTally(url, log);
  const stop = new AbortController();
  let worker: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    for (let item = queue.head(); item && !stop.signal.aborted; item = queue.head()) {
      await deliver(item, { queue, tally, parts, stop: stop.signal });
    }
    worker = undefined; // in the same turn as the last look at the queue, so that no offer falls in between
  };
  return {
    offer(signal, body) {
      const dropped = queue.push({ signal, body });
      if (dropped > 0) tally.dropped(dropped, `the queue is full (${maxQueueBytes} bytes)`);
      worker ??= work();
    },
    stats: () => ({ url, ...tally.counts(), queuedExports: queue.size(), queuedBytes: queue.bytes() }),
    async close() {
      const timer = setTimeout(() => stop.abort(), closeGraceMs);
      await worker;
      clearTimeout(timer);
      stop.abort();
      const left = queue.clear();
      if (left > 0) tally.dropped(left, 'Arc Core closed before they could be sent');
      target.close();
    },
  };
}

interface Delivery {
  readonly queue: ForwardQueue;
  readonly tally: ForwardTally;
  readonly parts: ForwarderParts;
  readonly stop: AbortSignal;
}

/** Sends one export until the endpoint takes or refuses it, a full queue pushes it out, or the forwarder stops. */
async function deliver(item: QueuedExport, { queue, tally, parts, stop }: Delivery): Promise<void> {
  for (let failures = 1; queue.head() === item && !stop.aborted; failures += 1) {
    const result = await parts.target.send(item.signal, item.body);
    if (queue.head() !== item) return; // pushed out meanwhile, and counted as dropped
    if (result.kind === 'retry') {
      tally.troubled(result.reason);
      const wait = result.afterMs ?? backoffMs(parts.backoff ?? BACKOFF_DEFAULTS, failures, Math.random());
      await delay(wait, undefined, { signal: stop }).catch(() => undefined); // rejects only when it is stopped
      continue;
    }
    queue.shift();
    if (result.kind === 'delivered') tally.delivered();
    else tally.dropped(1, result.reason);
  }
}
