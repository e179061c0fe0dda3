import { type RpcHandler, type RpcReply, serveGrpc } from './grpc.js';
import type { ListenAddress, Listener } from './listen.js';
import { exportResponse } from './export-response.js';
import type { Receiver } from './receive.js';
import { RPC_CODE } from './rpc-status.js';
import { type Signal, SIGNAL_NAMES, type SignalCodecs, SIGNALS } from './signals.js';

/**
 * Takes exports over OTLP/gRPC.
 * @throws {ArcError} `ARC_PORT_IN_USE` or `ARC_CONFIG_INVALID`
 */
export function serveOtlpGrpc(
  address: ListenAddress,
  receiver: Receiver,
  codecs: SignalCodecs,
): Promise<Listener> {
  const methods = SIGNALS.map((signal): readonly [string, RpcHandler] => [
    SIGNAL_NAMES[signal].grpcPath,
    (body) => reply(signal, body, receiver, codecs),
  ]);
  return serveGrpc(address, new Map(methods));
}

function reply(signal: Signal, body: Uint8Array, receiver: Receiver, codecs: SignalCodecs): RpcReply {
  const receipt = receiver.receive(signal, body);
  switch (receipt.kind) {
    case 'accepted':
      return { kind: 'ok', body: codecs.responses[signal].encode(exportResponse(signal, receipt)) };
    case 'malformed':
      return { kind: 'error', code: RPC_CODE.invalidArgument, message: receipt.message };
    case 'unavailable':
      return { kind: 'error', code: RPC_CODE.unavailable, message: receipt.message };
  }
}
