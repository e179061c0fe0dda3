import type { Signal } from './signals.js';

/** An export that waits to be passed on. */
export interface QueuedExport {
  readonly signal: Signal;
  readonly body: Uint8Array;
}

/** First in, first out, bounded by bytes. */
export interface ForwardQueue {
  /** Adds an export and makes room by dropping the oldest. @returns how many were dropped. */
  push(item: QueuedExport): number;
  /** The oldest export. */
  head(): QueuedExport | undefined;
  /** Removes the oldest export. */
  shift(): void;
  /** Removes everything. @returns how many exports that were. */
  clear(): number;
  size(): number;
  /** Sum of the bodies, in bytes. */
  bytes(): number;
}

/** Builds an empty queue. @param maxBytes - largest sum of the bodies. */
export function createForwardQueue(maxBytes: number): ForwardQueue {
  const items: QueuedExport[] = [];
  let bytes = 0;
  const shift = (): void => {
    bytes -= items.shift()?.body.length ?? 0;
  };
  return {
    push(item) {
      const before = items.push(item);
      bytes += item.body.length;
      while (bytes > maxBytes) shift();
      return before - items.length;
    },
    head: () => items[0],
    shift,
    clear() {
      bytes = 0;
      return items.splice(0).length;
    },
    size: () => items.length,
    bytes: () => bytes,
  };
}
