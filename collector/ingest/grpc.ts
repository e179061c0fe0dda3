import { format } from 'node:util';
import * as grpc from '@grpc/grpc-js';
import { CLOSE_GRACE_MS, KEEPALIVE_TIME_MS, KEEPALIVE_TIMEOUT_MS, MAX_EXPORT_BYTES } from './limits.js';
import { type ListenAddress, type Listener, listenFailure } from './listen.js';

/** The answer to a unary call: bytes, or a status code of gRPC with a message. */
export type RpcReply =
  | { readonly kind: 'ok'; readonly body: Uint8Array }
  | { readonly kind: 'error'; readonly code: number; readonly message: string };

/** Answers one unary method, bytes in, bytes out. */
export type RpcHandler = (body: Uint8Array) => RpcReply;

/** What a call to another server ended with. */
export type RpcResult =
  | { readonly kind: 'ok'; readonly body: Uint8Array }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly message: string;
      /** The `google.rpc.Status` the server attached, encoded. */
      readonly details: Uint8Array | undefined;
    };

/** Calls unary methods of one server. */
export interface RpcClient {
  /** Never rejects. */
  call(path: string, body: Uint8Array, timeoutMs: number): Promise<RpcResult>;
  close(): void;
}

/**
 * Serves unary methods by path. Messages stay bytes, so that they can be passed on as they came.
 * @throws {ArcError} `ARC_PORT_IN_USE` or `ARC_CONFIG_INVALID`
 */
export async function serveGrpc(
  address: ListenAddress,
  handlers: ReadonlyMap<string, RpcHandler>,
): Promise<Listener> {
  const server = new grpc.Server({
    'grpc.max_receive_message_length': MAX_EXPORT_BYTES,
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
  });
  for (const [path, handler] of handlers) addMethod(server, path, handler);
  const port = await bind(server, address);
  return { port, close: () => closeServer(server) };
}

function bind(server: grpc.Server, address: ListenAddress): Promise<number> {
  // grpc-js also writes to the console what it reports as an error; what GRPC_TRACE asks for still goes there.
  grpc.setLogger({ debug: trace, info: trace, error: () => undefined });
  return new Promise<number>((resolve, reject) => {
    const target = address.host.includes(':') ? `[${address.host}]` : address.host;
    server.bindAsync(`${target}:${address.port}`, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(listenFailure(address, error));
      else resolve(bound);
    });
  });
}

/** Connects lazily to `host:port`. Keepalive finds a peer that vanished without closing. */
export function createRpcClient(target: string, secure: boolean): RpcClient {
  const credentials = secure ? grpc.credentials.createSsl() : grpc.credentials.createInsecure();
  const client = new grpc.Client(target, credentials, {
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    // The delay between attempts is the caller's; a channel that waits on its own would add to it.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1_000,
  });
  return {
    call: (path, body, timeoutMs) =>
      new Promise((resolve) => {
        const options = { deadline: Date.now() + timeoutMs };
        client.makeUnaryRequest(
          path,
          asBuffer,
          asBuffer,
          body,
          new grpc.Metadata(),
          options,
          (error, reply) => {
            if (error) resolve(rpcError(error));
            else resolve({ kind: 'ok', body: reply ?? new Uint8Array() });
          },
        );
      }),
    close: () => client.close(),
  };
}

function addMethod(server: grpc.Server, path: string, handler: RpcHandler): void {
  const definition = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: asBuffer,
    requestDeserialize: asBuffer,
    responseSerialize: asBuffer,
    responseDeserialize: asBuffer,
  };
  const answer: grpc.handleUnaryCall<Uint8Array, Uint8Array> = (call, callback) => {
    const reply = handler(call.request);
    if (reply.kind === 'ok') callback(null, reply.body);
    else callback({ code: reply.code, details: reply.message });
  };
  server.addService({ method: definition }, { method: answer });
}

function rpcError({ code, details, metadata }: grpc.ServiceError): RpcResult {
  const [status] = metadata.get('grpc-status-details-bin');
  return { kind: 'error', code, message: details, details: Buffer.isBuffer(status) ? status : undefined };
}

async function closeServer(server: grpc.Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, CLOSE_GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function trace(...parts: readonly unknown[]): void {
  process.stderr.write(`${format(...parts)}\n`);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
