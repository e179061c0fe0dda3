import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import {
  decodeAgentToServer,
  encodeServerToAgent,
  frame,
  OPAMP_PATH,
  unframe,
} from '../../src/wire/opamp.js';
import type { ServerToAgent } from '../../src/wire/opamp-messages.js';
import { badRequest, type Dialogue } from './dialogue.js';
import { MAX_MESSAGE_BYTES, pathOf, requestOrigin } from './http-request.js';
import type { ProcessRegistry } from './process-registry.js';

/** The WebSocket side of the endpoint. */
export interface WebSocketEndpoint {
  /** Offers the present set to every process that lacks it. */
  pushAll(): void;
  /** Says goodbye to everyone. */
  close(): void;
}

/** What it works on. */
export interface WebSocketParts {
  readonly server: Server;
  readonly dialogue: Dialogue;
  readonly registry: ProcessRegistry;
}

/** Between two signs of life that are asked of a connection, in milliseconds; a silent one is cut after the second. */
const PING_EVERY_MS = 15_000;
/** WebSocket close codes (RFC 6455, section 7.4.1). */
const CLOSE = { goingAway: 1001, unsupportedData: 1003 } as const;

/** One connection, which may carry several agents (the specification allows it). */
interface Connection {
  readonly socket: WebSocket;
  readonly origin: string;
  readonly uids: Map<string, Uint8Array>;
  /** Agents that are due an offer once the socket has taken the message before. */
  readonly due: Set<string>;
  sending: boolean;
  alive: boolean;
}

/** Serves OpAMP over WebSocket on an HTTP server's upgrades. */
export function attachWebSocketEndpoint(parts: WebSocketParts): WebSocketEndpoint {
  const connections = new Set<Connection>();
  const acceptor = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  parts.server.on('upgrade', (request, socket, head) => {
    const refusal = refuse(request);
    if (refusal) return refuseUpgrade(socket, refusal);
    acceptor.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = open(webSocket, requestOrigin(request), parts);
      connections.add(connection);
      webSocket.on('close', () => connections.delete(connection));
    });
  });
  const pinger = setInterval(() => connections.forEach(ping), PING_EVERY_MS).unref();
  return {
    pushAll: () => connections.forEach((connection) => pushTo(connection, parts.dialogue)),
    close() {
      clearInterval(pinger);
      for (const { socket } of connections) socket.close(CLOSE.goingAway);
      acceptor.close();
      // Nobody waits for a peer that does not answer the goodbye.
      setImmediate(() => connections.forEach(({ socket }) => socket.terminate()));
    },
  };
}

function open(socket: WebSocket, origin: string, { dialogue, registry }: WebSocketParts): Connection {
  const connection: Connection = {
    socket,
    origin,
    uids: new Map(),
    due: new Set(),
    sending: false,
    alive: true,
  };
  socket.on('message', (data, isBinary) => {
    connection.alive = true;
    if (isBinary) receive(connection, asBytes(data), dialogue);
    else socket.close(CLOSE.unsupportedData, 'binary messages only');
  });
  socket.on('pong', () => {
    connection.alive = true;
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => registry.disconnectAll(connection));
  return connection;
}

function receive(connection: Connection, data: Uint8Array, dialogue: Dialogue): void {
  const framed = unframe(data);
  const decoded = framed.ok ? decodeAgentToServer(framed.message) : framed;
  if (!decoded.ok) return send(connection, badRequest(decoded.problem), dialogue);
  const { message } = decoded;
  const answer = dialogue.answer(message, { carrier: connection, origin: connection.origin });
  remember(connection, message.instanceUid, answer);
  if (message.agentDisconnect) connection.uids.delete(key(message.instanceUid));
  send(connection, answer, dialogue);
}

function pushTo(connection: Connection, dialogue: Dialogue): void {
  for (const id of connection.uids.keys()) connection.due.add(id);
  flush(connection, dialogue);
}

/** One message at a time: a slow reader makes offers collapse into the newest, not pile up in memory. */
function flush(connection: Connection, dialogue: Dialogue): void {
  while (!connection.sending) {
    const [id] = connection.due;
    if (id === undefined) return;
    connection.due.delete(id);
    const uid = connection.uids.get(id);
    const offer = uid && dialogue.offer(uid, connection.origin);
    if (offer) send(connection, offer, dialogue);
  }
}

function send(connection: Connection, message: ServerToAgent, dialogue: Dialogue): void {
  connection.sending = true;
  // Whoever sends faster than it reads is not read from until it does.
  connection.socket.pause();
  connection.socket.send(frame(encodeServerToAgent(message)), () => {
    connection.sending = false;
    connection.socket.resume();
    flush(connection, dialogue);
  });
}

function remember(connection: Connection, uid: Uint8Array, answer: ServerToAgent): void {
  const renamed = answer.agentIdentification?.newInstanceUid;
  const current = renamed ?? uid;
  connection.uids.set(key(current), current);
}

function key(uid: Uint8Array): string {
  return Buffer.from(uid).toString('hex');
}

function ping(connection: Connection): void {
  if (!connection.alive) return connection.socket.terminate();
  connection.alive = false;
  connection.socket.ping();
}

/** @returns the status line of the refusal, or undefined when the upgrade is welcome. */
function refuse(request: IncomingMessage): string | undefined {
  if (pathOf(request) !== OPAMP_PATH) return '404 Not Found';
  // Only browsers send an Origin: a page must not pose as a process.
  if (request.headers.origin !== undefined) return '403 Forbidden';
  return undefined;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function asBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
