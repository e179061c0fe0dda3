import { WebSocket, type ClientOptions, type RawData } from 'ws';
import { frame, unframe } from '../../wire/opamp.js';
import { CONNECT_TIMEOUT_MS } from './http-exchange.js';
import { untraced } from './untraced.js';

/**
 * How an attempt or a connection ended. `blocked`: something answered, but no WebSocket came of it, as with proxies;
 * plain HTTP may get through. `unreachable`: nobody was there. `lost`: it had been open.
 */
export interface SocketEnd {
  readonly kind: 'blocked' | 'unreachable' | 'lost';
  readonly problem: string;
}

/** What a socket tells its owner; `ended` comes exactly once, last. */
export interface SocketEvents {
  opened(): void;
  /** The payload of one message, without the OpAMP header. */
  message(bytes: Uint8Array): void;
  ended(end: SocketEnd): void;
}

/** An OpAMP connection over WebSocket. */
export interface Socket {
  /** Sends one message, without the OpAMP header; dropped when the connection is not open. */
  send(bytes: Uint8Array): void;
  /** Ends in order. */
  close(): void;
  /** Ends at once. */
  terminate(): void;
}

/** Longest message of the server, in bytes: an offer of some ten thousand packs. */
const MAX_MESSAGE_BYTES = 4_194_304;
/** Until the upgrade is answered, in milliseconds; proxies that do not know WebSockets may never answer. */
const HANDSHAKE_TIMEOUT_MS = 5_000;
/** `ws` waits for the peer's goodbye on a timer that keeps the process alive; its types do not know the option yet. */
const CLOSE_OPTIONS = { closeTimeout: 500 };

/** How far an attempt got. */
interface Progress {
  /** TCP is there. */
  reached: boolean;
  opened: boolean;
  /** The first thing that went wrong. */
  problem?: string;
}

/** Opens a connection that makes no spans and does not keep the process alive. Never throws. */
export function openSocket(url: string, events: SocketEvents): Socket {
  const progress: Progress = { reached: false, opened: false };
  const socket = untraced(() => connect(url, progress));
  const timer = setTimeout(() => {
    if (progress.reached) return;
    progress.problem = `no connection within ${CONNECT_TIMEOUT_MS} ms`;
    socket.terminate();
  }, CONNECT_TIMEOUT_MS).unref();
  listen(socket, events, progress);
  socket.on('close', () => clearTimeout(timer));
  return {
    send(bytes) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame(bytes), () => undefined);
    },
    close: () => socket.close(),
    terminate: () => socket.terminate(),
  };
}

function listen(socket: WebSocket, events: SocketEvents, progress: Progress): void {
  // A throw in here would surface in the application as an uncaught exception.
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      progress.problem ??= String(error);
      socket.terminate();
    }
  };
  socket.on('open', () => {
    progress.opened = true;
    guarded(() => events.opened());
  });
  socket.on('message', (data) => {
    const framed = unframe(asBytes(data));
    if (framed.ok) guarded(() => events.message(framed.message));
  });
  socket.on('error', (error) => {
    progress.problem ??= error.message || String(error);
  });
  socket.on('close', (code) => guarded(() => events.ended(endOf(progress, code))));
}

function endOf({ reached, opened, problem }: Progress, code: number): SocketEnd {
  const kind = opened ? 'lost' : reached ? 'blocked' : 'unreachable';
  return { kind, problem: problem ?? `closed with code ${code}` };
}

function connect(url: string, progress: Progress): WebSocket {
  const options: ClientOptions = {
    ...CLOSE_OPTIONS,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    finishRequest(request) {
      request.on('socket', (socket) => {
        socket.unref();
        socket.on('connect', () => {
          progress.reached = true;
        });
      });
      request.end();
    },
  };
  return new WebSocket(url, options);
}

function asBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
