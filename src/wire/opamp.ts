import { join } from 'node:path';
import { PACKAGE_ROOT } from '../contract/package-info.js';
import { loadTypes, type MessageCodec } from './protobuf.js';
import type { AgentToServer, ServerToAgent } from './opamp-messages.js';

/** Media type of OpAMP over plain HTTP. */
export const OPAMP_CONTENT_TYPE = 'application/x-protobuf';
/** The path of the OpAMP endpoint by custom of the specification. */
export const OPAMP_PATH = '/v1/opamp';
/** Length of `instance_uid`, in bytes. */
export const INSTANCE_UID_BYTES = 16;
/** Key of Arc's status in the effective configuration; the value is an `ArcStatus` as JSON. */
export const STATUS_CONFIG_KEY = 'arc.status';

/** What came of reading bytes: the message, or a sentence that says why they are none. */
export type Decoded<T> =
  { readonly ok: true; readonly message: T } | { readonly ok: false; readonly problem: string };

/** A varint longer than this cannot be a 64-bit header. */
const MAX_HEADER_BYTES = 10;
/** The only header version there is. */
const HEADER = Uint8Array.of(0);
const NO_UID = new Uint8Array(0);

interface Codecs {
  readonly agentToServer: MessageCodec<AgentToServer>;
  readonly serverToAgent: MessageCodec<ServerToAgent>;
}

let loaded: Codecs | undefined;

/** Compiled on first use: a process whose control channel is off never pays for it. */
function codecs(): Codecs {
  loaded ??= load();
  return loaded;
}

function load(): Codecs {
  const types = loadTypes(['opamp/opamp.proto'], [join(PACKAGE_ROOT, 'src', 'contract', 'proto')]);
  return {
    agentToServer: types.codec('opamp.proto.AgentToServer'),
    serverToAgent: types.codec('opamp.proto.ServerToAgent'),
  };
}

/** Encodes a message of the agent, without the WebSocket header. */
export function encodeAgentToServer(message: AgentToServer): Uint8Array {
  return codecs().agentToServer.encode(message);
}

/** Decodes a message of an agent; `instanceUid` has its 16 bytes when `ok`. Never throws. */
export function decodeAgentToServer(bytes: Uint8Array): Decoded<AgentToServer> {
  return decode('AgentToServer', codecs().agentToServer, bytes, [INSTANCE_UID_BYTES]);
}

/** Encodes a message of the server, without the WebSocket header. */
export function encodeServerToAgent(message: ServerToAgent): Uint8Array {
  return codecs().serverToAgent.encode(message);
}

/**
 * Decodes a message of a server; when `ok`, `instanceUid` has its 16 bytes, or none where the server could not tell
 * whom it answers. Never throws.
 */
export function decodeServerToAgent(bytes: Uint8Array): Decoded<ServerToAgent> {
  return decode('ServerToAgent', codecs().serverToAgent, bytes, [INSTANCE_UID_BYTES, 0]);
}

function decode<T extends { readonly instanceUid: Uint8Array }>(
  name: string,
  codec: MessageCodec<T>,
  bytes: Uint8Array,
  lengths: readonly number[],
): Decoded<T> {
  let message: T;
  try {
    message = codec.decode(bytes);
  } catch (error) {
    return { ok: false, problem: `${name}: not a protobuf message: ${String(error)}` };
  }
  // The wire may leave any field out, whatever the type says.
  const uid: Uint8Array | undefined = message.instanceUid;
  const length = uid?.length ?? 0;
  if (lengths.includes(length)) return { ok: true, message: { ...message, instanceUid: uid ?? NO_UID } };
  return {
    ok: false,
    problem: `${name}.instance_uid: must be ${INSTANCE_UID_BYTES} bytes, received ${length}`,
  };
}

/**
 * Puts the header in front that OpAMP wants on a WebSocket: an unsigned varint, 0 in this version.
 * @see https://github.com/open-telemetry/opamp-spec/blob/main/specification.md#websocket-message-format
 */
export function frame(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([HEADER, bytes]);
}

/**
 * Takes the header off. Senders older than version 0.7 of the specification put none in front; no protobuf message
 * starts with a zero byte, so those are recognised and taken as they are.
 */
export function unframe(bytes: Uint8Array): Decoded<Uint8Array> {
  if (bytes[0] === undefined) return { ok: false, problem: 'OpAMP frame: empty' };
  if (bytes[0] === 0) return { ok: true, message: bytes.subarray(1) };
  const end = headerEnd(bytes);
  // A zero written in more than one byte is still a zero.
  if (end > 1 && isZeroVarint(bytes.subarray(0, end))) return { ok: true, message: bytes.subarray(end) };
  return { ok: true, message: bytes };
}

function headerEnd(bytes: Uint8Array): number {
  const last = bytes.subarray(0, MAX_HEADER_BYTES).findIndex((byte) => byte < 0x80);
  return last + 1;
}

function isZeroVarint(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte & 0x7f) === 0);
}
