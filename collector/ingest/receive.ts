import type { Store, WriteCount } from '../store/store.js';
import { readLogRecords } from './read-logs.js';
import { readMetricPoints } from './read-metrics.js';
import { readSpans, type ReadResult } from './read-spans.js';
import { SIGNAL_NAMES, type Signal, type SignalCodecs } from './signals.js';

/** What became of an export. Only `accepted` may be acknowledged. */
export type Receipt =
  /** Committed. `rejected` items broke the specification and `message` says how; 0 and empty as a rule. */
  | { readonly kind: 'accepted'; readonly rejected: number; readonly message: string }
  /** Not such a message; sending it again is of no use. */
  | { readonly kind: 'malformed'; readonly message: string }
  /** Nothing was stored; sending it again may help. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** Takes exports of any transport. */
export interface Receiver {
  /** @param body - the export request in protobuf. */
  receive(signal: Signal, body: Uint8Array): Receipt;
}

/** What a receiver is made of. */
export interface ReceiverParts {
  readonly store: Store;
  readonly codecs: SignalCodecs;
  /** Told of every export that is committed, with its bytes as they came. */
  readonly onCommitted: (signal: Signal, body: Uint8Array) => void;
  readonly log: (line: string) => void;
}

/** A decoded export that waits for the store. */
interface Pending {
  readonly read: Pick<ReadResult<unknown>, 'rejected' | 'reason'>;
  readonly write: () => WriteCount;
}

/** Builds the way every export takes: decode, commit, then tell. */
export function createReceiver({ store, codecs, onCommitted, log }: ReceiverParts): Receiver {
  return {
    receive(signal, body) {
      const pending = decode(signal, body, codecs, store);
      if (typeof pending === 'string') return { kind: 'malformed', message: pending };
      try {
        pending.write();
      } catch (error) {
        const message = `the store failed, nothing was kept: ${messageOf(error)}`;
        log(`${signal}: ${message}`);
        return { kind: 'unavailable', message };
      }
      onCommitted(signal, body);
      return { kind: 'accepted', rejected: pending.read.rejected, message: pending.read.reason };
    },
  };
}

/** @returns the export, or a sentence that says why the bytes are none. */
function decode(signal: Signal, body: Uint8Array, codecs: SignalCodecs, store: Store): Pending | string {
  try {
    return READERS[signal](body, codecs, store);
  } catch (error) {
    return `the body is not a valid ${SIGNAL_NAMES[signal].request}: ${messageOf(error)}`;
  }
}

const READERS: Readonly<Record<Signal, (body: Uint8Array, codecs: SignalCodecs, store: Store) => Pending>> = {
  traces(body, codecs, store) {
    const read = readSpans(codecs.traces.decode(body));
    return { read, write: () => store.writeSpans(read.records) };
  },
  metrics(body, codecs, store) {
    const read = readMetricPoints(codecs.metrics.decode(body));
    return { read, write: () => store.writeMetricPoints(read.records) };
  },
  logs(body, codecs, store) {
    const read = readLogRecords(codecs.logs.decode(body));
    return { read, write: () => store.writeLogRecords(read.records) };
  },
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
