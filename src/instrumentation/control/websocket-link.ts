import { createBackoff } from './backoff.js';
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

/**
 * Opens a link over a `ws` or `wss` URL. It reconnects for as long as it lives, and polls the same endpoint over HTTP
 * while something on the way lets no WebSocket through.
 */
export function openWebSocketLink(parts: LinkParts): Link {
  const { url, session, log } = parts;
  const shown = displayUrl(url);
  const backoff = createBackoff();
  let state = `connecting ${shown}`;
  let socket: Socket | undefined;
  let isOpen = false;
  let isClosed = false;
  let isHeard = false;
  let fallback: PollingLink | undefined;
  let timer: NodeJS.Timeout | undefined;
  let onEnded: (() => void) | undefined;

  attempt();
  return {
    state: () => fallback?.state() ?? state,
    nudge() {
      if (isOpen) speak();
      else fallback?.nudge();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await fallback?.close();
      await goodbye();
      state = `closed ${shown}`;
    },
  };

  function attempt(): void {
    if (isClosed) return;
    socket = openSocket(url.href, { opened, message, ended });
  }

  function again(waitMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(attempt, waitMs).unref();
  }

  function speak(): void {
    socket?.send(session.next());
  }

  function opened(): void {
    isOpen = true;
    state = `connected ${shown}`;
    fallback?.abandon();
    fallback = undefined;
    session.restart();
    speak();
    beat();
  }

  function beat(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isHeard = false;
      speak();
      timer = setTimeout(() => (isHeard ? beat() : socket?.terminate()), ANSWER_MS).unref();
    }, HEARTBEAT_MS).unref();
  }

  function message(bytes: Uint8Array): void {
    isHeard = true;
    backoff.reset();
    const { speak: mustSpeak, waitMs } = session.receive(bytes);
    if (mustSpeak) speak();
    if (waitMs !== undefined) rest(waitMs);
  }

  /** An overloaded server is left alone for as long as it asks. */
  function rest(waitMs: number): void {
    onEnded = () => again(waitMs);
    socket?.close();
  }

  function ended(end: SocketEnd): void {
    if (isOpen) log(`control: lost ${shown}: ${end.problem}`);
    isOpen = false;
    socket = undefined;
    clearTimeout(timer);
    const instead = onEnded;
    onEnded = undefined;
    if (instead) return instead();
    if (isClosed) return;
    state = `unreachable ${shown} (${end.problem})`;
    if (end.kind === 'blocked') return poll();
    if (!fallback) session.restart();
    again(fallback ? RETRY_SOCKET_MS : backoff.next());
  }

  function poll(): void {
    fallback ??= openPollingLink({ ...parts, url: httpUrl(url), failed: abandonPolling });
    again(RETRY_SOCKET_MS);
  }

  /** Plain HTTP fails too: Core is away, and will be looked for on both ways. */
  function abandonPolling(): void {
    fallback?.abandon();
    fallback = undefined;
    if (!isClosed && !socket) again(backoff.next());
  }

  function goodbye(): Promise<void> {
    return new Promise((resolve) => {
      if (!socket) return resolve();
      const closing = socket;
      if (isOpen) closing.send(session.farewell());
      const patience = setTimeout(() => closing.terminate(), FAREWELL_MS).unref();
      onEnded = () => {
        clearTimeout(patience);
        resolve();
      };
      closing.close();
    });
  }
}
