import type { ArcStatus } from '../../contract/status.js';
import { createAgentSession } from './agent-session.js';
import { createFetcher } from './download.js';
import type { Link, LinkParts } from './link.js';
import { createPackInstaller, type ApplyResults } from './pack-installer.js';
import type { ReceivedPack } from './pack-offer.js';
import { openPollingLink } from './polling-link.js';
import { openWebSocketLink } from './websocket-link.js';

/** What the control channel of a process needs. */
export interface ControlClientOptions {
  /** OpAMP endpoint of Arc Core: `ws:` and `wss:` are pushed to, `http:` and `https:` polled. */
  readonly url: string;
  /** Between two polls over plain HTTP, in milliseconds. */
  readonly pollMs: number;
  /** The state to report; called when a message is about to leave. */
  readonly status: () => ArcStatus;
  /**
   * Makes exactly these packs the ones that came from Core. A pack that cannot be loaded must leave the pack of its name
   * that runs; a pack of Core that is not in the list is to be dropped.
   */
  readonly apply: (packs: readonly ReceivedPack[]) => ApplyResults | Promise<ApplyResults>;
  /** Takes one line per surprise; nothing is written when all is well. */
  readonly log: (message: string) => void;
}

/** The control channel of a process. It never throws, never blocks and never keeps the process alive. */
export interface ControlClient {
  /** For people, e.g. `connected ws://localhost:4320/v1/opamp`. */
  state(): string;
  /** Tells Core that `status()` has something new to say; cheap, may be called often. */
  statusChanged(): void;
  /** Says goodbye, which takes at most a third of a second. Never rejects. */
  close(): Promise<void>;
}

/** The start-up of the application comes first: the channel is opened this much later, in milliseconds. */
const START_DELAY_MS = 20;
/** Changes of the status within this time, in milliseconds, are told in one message. */
const GATHER_MS = 100;

/**
 * Opens the control channel, in the background.
 * @example
 * const control = createControlClient({ url: 'ws://localhost:4320/v1/opamp', pollMs: 1_000, status, apply, log });
 * control.state() // 'connecting ws://localhost:4320/v1/opamp'
 */
export function createControlClient(options: ControlClientOptions): ControlClient {
  let link: Link | undefined;
  let gathering: NodeJS.Timeout | undefined;
  const log = (message: string): void => guarded(() => options.log(message));
  const nudge = (): void => guarded(() => link?.nudge(), log);
  const starter = setTimeout(() => {
    guarded(() => (link = openLink(options, nudge, log)), log);
  }, START_DELAY_MS).unref();
  return {
    state: () => link?.state() ?? `connecting ${options.url}`,
    statusChanged() {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        nudge();
      }, GATHER_MS).unref();
    },
    async close() {
      clearTimeout(starter);
      clearTimeout(gathering);
      await link?.close().catch((error: unknown) => log(`control: ${String(error)}`));
    },
  };
}

function openLink(options: ControlClientOptions, nudge: () => void, log: (message: string) => void): Link {
  const url = new URL(options.url);
  const installer = createPackInstaller({ fetch: createFetcher(url), apply: options.apply, changed: nudge });
  const session = createAgentSession({ status: tolerant(options.status, log), installer, log });
  const parts: LinkParts = { url, pollMs: options.pollMs, session, log };
  const link = url.protocol.startsWith('ws') ? openWebSocketLink(parts) : openPollingLink(parts);
  return {
    ...link,
    close() {
      installer.close();
      return link.close();
    },
  };
}

/** A status that cannot be told is left out of the report. */
function tolerant(status: () => ArcStatus, log: (message: string) => void): () => ArcStatus | undefined {
  return () => {
    try {
      return status();
    } catch (error) {
      log(`control: the status cannot be told: ${String(error)}`);
      return undefined;
    }
  };
}

/** Whatever goes wrong in here stays in here: the application never hears of it. */
function guarded(run: () => void, log?: (message: string) => void): void {
  try {
    run();
  } catch (error) {
    log?.(`control: ${String(error)}`);
  }
}
