import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/contract/package-info.js';
import { loadTypes, type MessageCodec } from '../../src/wire/protobuf.js';

/** Codes of gRPC that Arc Core sends or reacts to. @see https://grpc.io/docs/guides/status-codes/ */
export const RPC_CODE = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  unavailable: 14,
  dataLoss: 15,
} as const;

/** `google.rpc.Status`: how OTLP/HTTP and gRPC describe an error. */
export interface RpcStatus {
  readonly code?: number;
  readonly message?: string;
  readonly details?: readonly { readonly typeUrl?: string; readonly value?: Uint8Array }[];
}

interface RetryInfo {
  readonly retryDelay?: { readonly seconds?: string; readonly nanos?: number };
}

const RETRY_INFO = 'google.rpc.RetryInfo';

interface Codecs {
  readonly status: MessageCodec<RpcStatus>;
  readonly retryInfo: MessageCodec<RetryInfo>;
}

let loaded: Codecs | undefined;

function codecs(): Codecs {
  loaded ??= load();
  return loaded;
}

function load(): Codecs {
  const types = loadTypes(['google/rpc/status.proto'], [join(PACKAGE_ROOT, 'src', 'contract', 'proto')]);
  return { status: types.codec('google.rpc.Status'), retryInfo: types.codec(RETRY_INFO) };
}

/** Encodes an error body. */
export function encodeRpcStatus(status: RpcStatus): Uint8Array {
  return codecs().status.encode(status);
}

/**
 * Finds how long a server asked to wait, in an encoded `google.rpc.Status`.
 * @returns milliseconds, or undefined when it does not say, or the bytes cannot be read.
 */
export function retryDelayMs(status: Uint8Array): number | undefined {
  try {
    const details = codecs().status.decode(status).details ?? [];
    const info = details.find(({ typeUrl }) => typeUrl?.endsWith(`/${RETRY_INFO}`));
    if (!info) return undefined;
    const { seconds = '0', nanos = 0 } =
      codecs().retryInfo.decode(info.value ?? new Uint8Array()).retryDelay ?? {};
    return Number(seconds) * 1_000 + nanos / 1_000_000;
  } catch {
    return undefined; // a status that cannot be read says nothing
  }
}
