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

/** Opens a connection that makes no spans and does not keep the process alive. Never throws. */
export function openSocket(url: string, events: SocketEvents): Socket {
  let reached = false;
  let opened = false;
  let problem = 'closed';
  const onReached = (): void => {
    reached = true;
  };
  const socket = untraced(() => connect(url, onReached));
  const timer = setTimeout(() => {
    if (reached) return;
    problem = `no connection within ${CONNECT_TIMEOUT_MS} ms`;
    socket.terminate();
  }, CONNECT_TIMEOUT_MS).unref();
  // A throw in here would surface in the application as an uncaught exception.
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      problem = String(error);
      socket.terminate();
    }
  };
  socket.on('open', () => {
    opened = true;
    guarded(() => events.opened());
  });
  socket.on('message', (data) => {
    const framed = unframe(asBytes(data));
    if (framed.ok) guarded(() => events.message(framed.message));
  });
  socket.on('error', (error) => {
    if (problem === 'closed') problem = error.message || String(error);
  });
  socket.on('close', (code) => {
    clearTimeout(timer);
    const kind = opened ? 'lost' : reached ? 'blocked' : 'unreachable';
    const reason = opened && problem === 'closed' ? `closed with code ${code}` : problem;
    guarded(() => events.ended({ kind, problem: reason }));
  });
  return {
    send(bytes) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame(bytes), () => undefined);
    },
    close: () => socket.close(),
    terminate: () => socket.terminate(),
  };
}

function connect(url: string, onReached: () => void): WebSocket {
  const options: ClientOptions = {
    ...CLOSE_OPTIONS,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    finishRequest(request) {
      request.on('socket', (socket) => {
        socket.unref();
        socket.on('connect', onReached);
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
