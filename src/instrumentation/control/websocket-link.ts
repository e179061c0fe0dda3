import { createBackoff, type Backoff } from './backoff.js';
import { httpUrl } from './download.js';
import { displayUrl, FAREWELL_MS, type Link, type LinkParts } from './link.js';
import { openPollingLink, type PollingLink } from './polling-link.js';
import { openSocket, type Socket, type SocketEnd } from './websocket.js';

/** Between two heartbeats, in milliseconds. */
const HEARTBEAT_MS = 10_000;
/** A heartbeat that is not answered within this, in milliseconds, means that the connection is dead. */
const ANSWER_MS = 5_000;
/** While plain HTTP works in its place, a WebSocket is tried again this often, in milliseconds. */
const RETRY_SOCKET_MS = 30_000;

interface Wire extends LinkParts {
  readonly shown: string;
  readonly backoff: Backoff;
  state: string;
  socket: Socket | undefined;
  isOpen: boolean;
  isClosed: boolean;
  /** Whether the server was heard since the last heartbeat. */
  isHeard: boolean;
  /** Plain HTTP in the WebSocket's place. */
  fallback: PollingLink | undefined;
  timer: NodeJS.Timeout | undefined;
  /** What to do when the socket ends, in place of connecting again. */
  onEnded: (() => void) | undefined;
}

/**
 * Opens a link over a `ws` or `wss` URL. It reconnects for as long as it lives, and polls the same endpoint over HTTP
 * while something on the way lets no WebSocket through.
 */
export function openWebSocketLink(parts: LinkParts): Link {
  const wire = newWire(parts);
  attempt(wire);
  return {
    state: () => wire.fallback?.state() ?? wire.state,
    nudge() {
      if (wire.isOpen) speak(wire);
      else wire.fallback?.nudge();
    },
    async close() {
      wire.isClosed = true;
      clearTimeout(wire.timer);
      await wire.fallback?.close();
      wire.fallback = undefined;
      await goodbye(wire);
      wire.state = `closed ${wire.shown}`;
    },
  };
}

function newWire(parts: LinkParts): Wire {
  const shown = displayUrl(parts.url);
  return {
    ...parts,
    shown,
    backoff: createBackoff(),
    state: `connecting ${shown}`,
    socket: undefined,
    isOpen: false,
    isClosed: false,
    isHeard: false,
    fallback: undefined,
    timer: undefined,
    onEnded: undefined,
  };
}

function attempt(wire: Wire): void {
  if (wire.isClosed) return;
  wire.socket = openSocket(wire.url.href, {
    opened: () => opened(wire),
    message: (bytes) => message(wire, bytes),
    ended: (end) => ended(wire, end),
  });
}

function again(wire: Wire, waitMs: number): void {
  clearTimeout(wire.timer);
  wire.timer = setTimeout(() => attempt(wire), waitMs).unref();
}

function speak({ socket, session }: Wire): void {
  socket?.send(session.next());
}

function opened(wire: Wire): void {
  wire.isOpen = true;
  wire.state = `connected ${wire.shown}`;
  wire.fallback?.abandon();
  wire.fallback = undefined;
  wire.session.restart();
  speak(wire);
  beat(wire);
}

function beat(wire: Wire): void {
  clearTimeout(wire.timer);
  wire.timer = setTimeout(() => {
    wire.isHeard = false;
    speak(wire);
    wire.timer = setTimeout(() => (wire.isHeard ? beat(wire) : wire.socket?.terminate()), ANSWER_MS).unref();
  }, HEARTBEAT_MS).unref();
}

function message(wire: Wire, bytes: Uint8Array): void {
  wire.isHeard = true;
  wire.backoff.reset();
  const { speak: mustSpeak, waitMs } = wire.session.receive(bytes);
  if (mustSpeak) speak(wire);
  if (waitMs !== undefined) rest(wire, waitMs);
}

/** An overloaded server is left alone for as long as it asks. */
function rest(wire: Wire, waitMs: number): void {
  wire.onEnded = () => again(wire, waitMs);
  wire.socket?.close();
}

function ended(wire: Wire, end: SocketEnd): void {
  const { isOpen, shown, onEnded } = wire;
  wire.isOpen = false;
  wire.socket = undefined;
  wire.onEnded = undefined;
  clearTimeout(wire.timer);
  if (isOpen && !wire.isClosed) wire.log(`control: lost ${shown}: ${end.problem}`);
  if (onEnded) return onEnded();
  if (wire.isClosed) return;
  wire.state = `unreachable ${shown} (${end.problem})`;
  if (end.kind === 'blocked') return poll(wire);
  if (!wire.fallback) wire.session.restart();
  again(wire, wire.fallback ? RETRY_SOCKET_MS : wire.backoff.next());
}

function poll(wire: Wire): void {
  const { url, pollMs, session, log } = wire;
  const failed = (): void => abandonPolling(wire);
  wire.fallback ??= openPollingLink({ url: httpUrl(url), pollMs, session, log, failed });
  again(wire, RETRY_SOCKET_MS);
}

/** Plain HTTP fails too: Core is away, and will be looked for on both ways. */
function abandonPolling(wire: Wire): void {
  wire.fallback?.abandon();
  wire.fallback = undefined;
  if (!wire.isClosed && !wire.socket) again(wire, wire.backoff.next());
}

function goodbye(wire: Wire): Promise<void> {
  return new Promise((resolve) => {
    const { socket, session, isOpen } = wire;
    if (!socket) return resolve();
    if (isOpen) socket.send(session.farewell());
    const patience = setTimeout(() => socket.terminate(), FAREWELL_MS).unref();
    wire.onEnded = () => {
      clearTimeout(patience);
      resolve();
    };
    socket.close();
  });
}
