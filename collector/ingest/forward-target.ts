import { createRpcClient, type RpcResult } from './grpc.js';
import { retryDelayMs, RPC_CODE } from './rpc-status.js';
import { type Signal, SIGNAL_NAMES } from './signals.js';

/** Protocol of the endpoint exports are passed on to. */
export type ForwardProtocol = 'grpc' | 'http';

/** What sending one export ended with. */
export type SendResult =
  | { readonly kind: 'delivered' }
  /** Sending again may help, after `afterMs` if the endpoint said so. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number | undefined }
  /** The endpoint will not take it. */
  | { readonly kind: 'refused'; readonly reason: string };

/** An OTLP endpoint. */
export interface ForwardTarget {
  /** Never rejects. @param body - the export request in protobuf, sent as it is. */
  send(signal: Signal, body: Uint8Array): Promise<SendResult>;
  close(): void;
}

/** Longest time one attempt may take, in milliseconds; the default of OTLP exporters. */
const SEND_TIMEOUT_MS = 10_000;

/** Status codes worth another attempt. @see https://opentelemetry.io/docs/specs/otlp/#failures */
const RETRYABLE_RPC: ReadonlySet<number> = new Set([
  RPC_CODE.cancelled,
  RPC_CODE.deadlineExceeded,
  RPC_CODE.aborted,
  RPC_CODE.outOfRange,
  RPC_CODE.unavailable,
  RPC_CODE.dataLoss,
]);
const RETRYABLE_HTTP: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Builds the sender for an endpoint, e.g. `http://jaeger:4317`; nothing is opened before the first export. */
export function createForwardTarget(url: URL, protocol: ForwardProtocol): ForwardTarget {
  return protocol === 'grpc' ? grpcTarget(url) : httpTarget(url);
}

function grpcTarget(url: URL): ForwardTarget {
  const secure = url.protocol === 'https:';
  const client = createRpcClient(`${url.hostname}:${url.port || (secure ? 443 : 4317)}`, secure);
  return {
    send: async (signal, body) =>
      grpcResult(await client.call(SIGNAL_NAMES[signal].grpcPath, body, SEND_TIMEOUT_MS)),
    close: () => client.close(),
  };
}

function grpcResult(result: RpcResult): SendResult {
  if (result.kind === 'ok') return { kind: 'delivered' };
  const reason = `gRPC status ${result.code}: ${result.message}`;
  const afterMs = result.details && retryDelayMs(result.details);
  // An exhausted endpoint is worth another attempt only when it says when.
  const retryable =
    RETRYABLE_RPC.has(result.code) || (result.code === RPC_CODE.resourceExhausted && afterMs !== undefined);
  return retryable ? { kind: 'retry', reason, afterMs } : { kind: 'refused', reason };
}

function httpTarget(url: URL): ForwardTarget {
  const base = url.href.replace(/\/+$/, '');
  return {
    async send(signal, body) {
      try {
        const response = await fetch(`${base}${SIGNAL_NAMES[signal].httpPath}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-protobuf' },
          body: new Uint8Array(body),
          redirect: 'error',
          signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
        });
        await response.arrayBuffer(); // frees the connection
        return httpResult(response);
      } catch (error) {
        return { kind: 'retry', reason: networkReason(error), afterMs: undefined };
      }
    },
    close: () => undefined,
  };
}

function httpResult(response: Response): SendResult {
  if (response.ok) return { kind: 'delivered' };
  const reason = `HTTP status ${response.status}`;
  if (!RETRYABLE_HTTP.has(response.status)) return { kind: 'refused', reason };
  return { kind: 'retry', reason, afterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()) };
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date.
 * @returns milliseconds from `now`, at least 0, or undefined when there is none that can be read.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
