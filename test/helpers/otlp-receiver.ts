import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ExecutionContext } from 'ava';
import { waitUntil } from './wait-until.js';

/** Attributes as a plain object; 64-bit integers are numbers. */
export type Attributes = Readonly<Record<string, unknown>>;

/** What every record carries of where it came from. */
export interface Origin {
  readonly resource: Attributes;
  readonly scope: string;
}

/** A span, ids in hexadecimal, instants in nanoseconds as decimal text. */
export interface ReceivedSpan extends Origin {
  readonly name: string;
  /** E.g. `CLIENT`. */
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  /** `UNSET`, `OK` or `ERROR`. */
  readonly status: string;
  readonly statusMessage: string;
}

/** One data point of a metric. */
export interface ReceivedPoint extends Origin {
  readonly metric: string;
  readonly unit: string;
  readonly type: 'sum' | 'gauge' | 'histogram';
  readonly attributes: Attributes;
  /** The value; a histogram's sum. */
  readonly value: number;
  /** A histogram's count. */
  readonly count?: number;
}

/** A log record. */
export interface ReceivedLog extends Origin {
  readonly eventName: string;
  readonly severity: number;
  readonly body: unknown;
  readonly attributes: Attributes;
  readonly traceId: string;
  readonly spanId: string;
}

/** An OTLP receiver that is not Arc's own. */
export interface OtlpReceiver {
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` wants for gRPC. */
  readonly grpcUrl: string;
  /** The same for HTTP. */
  readonly httpUrl: string;
  readonly spans: readonly ReceivedSpan[];
  readonly points: readonly ReceivedPoint[];
  readonly logs: readonly ReceivedLog[];
  /** Number of export requests by path, e.g. `/v1/traces` or the gRPC method. */
  readonly requests: readonly string[];
  /** Waits until what was received meets a condition. */
  readonly waitFor: <T>(
    what: string,
    condition: (receiver: OtlpReceiver) => T,
    timeoutMs?: number,
  ) => Promise<NonNullable<Exclude<T, false>>>;
  readonly close: () => Promise<void>;
}

/** What the worker thread posts. */
export type ReceiverMessage =
  | { readonly kind: 'ready'; readonly grpcUrl: string; readonly httpUrl: string }
  | { readonly kind: 'spans'; readonly items: readonly ReceivedSpan[] }
  | { readonly kind: 'points'; readonly items: readonly ReceivedPoint[] }
  | { readonly kind: 'logs'; readonly items: readonly ReceivedLog[] }
  | { readonly kind: 'request'; readonly path: string };

/**
 * Starts Elastic's mock OTLP server on free ports of 127.0.0.1, gRPC and HTTP; it ends with the test. Each receiver
 * has a thread of its own, because that server publishes on channels shared by a whole thread.
 */
export async function startOtlpReceiver(t: ExecutionContext): Promise<OtlpReceiver> {
  const worker = new Worker(join(__dirname, 'otlp-receiver-worker.js'));
  const spans: ReceivedSpan[] = [];
  const points: ReceivedPoint[] = [];
  const logs: ReceivedLog[] = [];
  const requests: string[] = [];
  // Only our own worker posts here.
  const [ready] = (await once(worker, 'message')) as [ReceiverMessage & { kind: 'ready' }];
  worker.on('message', (message: ReceiverMessage) => {
    if (message.kind === 'spans') spans.push(...message.items);
    if (message.kind === 'points') points.push(...message.items);
    if (message.kind === 'logs') logs.push(...message.items);
    if (message.kind === 'request') requests.push(message.path);
  });
  const close = async (): Promise<void> => void (await worker.terminate());
  t.teardown(close);
  const receiver: OtlpReceiver = {
    grpcUrl: ready.grpcUrl,
    httpUrl: ready.httpUrl,
    spans,
    points,
    logs,
    requests,
    waitFor: (what, condition, timeoutMs = 20_000) =>
      waitUntil(what, () => condition(receiver), { timeoutMs }),
    close,
  };
  return receiver;
}
