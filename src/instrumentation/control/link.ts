import type { AgentSession } from './agent-session.js';

/** The way to Core that is in use: a WebSocket, plain HTTP, or one after the other. */
export interface Link {
  /** For people, e.g. `connected ws://localhost:4320/v1/opamp`. */
  state(): string;
  /** Sends what is new, now. */
  nudge(): void;
  /** Says goodbye, for at most {@link FAREWELL_MS}. Never rejects. */
  close(): Promise<void>;
}

/** What a link is made of. */
export interface LinkParts {
  readonly url: URL;
  /** Between two polls over plain HTTP, in milliseconds. */
  readonly pollMs: number;
  readonly session: AgentSession;
  readonly log: (message: string) => void;
}

/** Longest wait for the goodbye, in milliseconds. */
export const FAREWELL_MS = 300;

/** The URL as people may see it: a password in it is not repeated. */
export function displayUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
