import type { ArcStatus } from '../../contract/status.js';
import { decodeServerToAgent, encodeAgentToServer } from '../../wire/opamp.js';
import {
  AGENT_CAPABILITY,
  ERROR_TYPE,
  hasBit,
  SERVER_FLAG,
  type ServerErrorResponse,
  type ServerToAgent,
} from '../../wire/opamp-messages.js';
import { formatUuid, newUuidV7 } from '../../wire/uuid.js';
import { readOffer } from './pack-offer.js';
import type { PackInstaller } from './pack-installer.js';
import { buildReport, type Report } from './report.js';

/** What a message of the server asks of the transport. */
export interface Reaction {
  /** Send the next message right away. */
  readonly speak: boolean;
  /** Stay silent this long, in milliseconds. */
  readonly waitMs?: number;
}

/** The process's side of OpAMP, the same on both transports. */
export interface AgentSession {
  /** The next message: what is new since the one before, at least a heartbeat. */
  next(): Uint8Array;
  /** Makes the next message say everything, as after a connection was lost. */
  restart(): void;
  /** Takes a message in. Never throws. */
  receive(bytes: Uint8Array): Reaction;
  /** The last message. */
  farewell(): Uint8Array;
}

/** What the session speaks about. */
export interface SessionParts {
  /** Undefined when it cannot be told. */
  readonly status: () => ArcStatus | undefined;
  readonly installer: PackInstaller;
  readonly log: (message: string) => void;
}

const CAPABILITIES = String(
  AGENT_CAPABILITY.reportsStatus |
    AGENT_CAPABILITY.reportsEffectiveConfig |
    AGENT_CAPABILITY.acceptsPackages |
    AGENT_CAPABILITY.reportsPackageStatuses |
    AGENT_CAPABILITY.reportsHealth |
    AGENT_CAPABILITY.reportsHeartbeat,
);
/** The specification's least wait when a server is overloaded and names none, in milliseconds. */
const DEFAULT_RETRY_MS = 30_000;
/** A server that asks for everything again and again is answered at most this often, in milliseconds. */
const FULL_REPORT_EVERY_MS = 1_000;
const QUIET: Reaction = { speak: false };

/** Starts a session under a new instance UUID. */
export function createAgentSession({ status, installer, log }: SessionParts): AgentSession {
  let instanceUid = newUuidV7(Date.now());
  const instanceId = formatUuid(instanceUid);
  let sequence = 0n;
  let repeatedAt = Number.NEGATIVE_INFINITY;
  let sent: ReadonlyMap<string, string> = new Map();

  const report = (): Report =>
    buildReport({
      status: status(),
      instanceId,
      packages: installer.statuses(),
      problem: installer.problem(),
    });
  const header = (): { instanceUid: Uint8Array; sequenceNum: string; capabilities: string } => {
    sequence += 1n;
    return { instanceUid, sequenceNum: String(sequence), capabilities: CAPABILITIES };
  };
  return {
    next() {
      const parts = Object.entries(report());
      const news = parts.filter(([key, value]) => sent.get(key) !== fingerprint(value));
      sent = new Map(parts.map(([key, value]) => [key, fingerprint(value)]));
      return encodeAgentToServer({ ...header(), ...Object.fromEntries(news) });
    },
    restart() {
      sent = new Map();
    },
    receive(bytes) {
      const decoded = decodeServerToAgent(bytes);
      if (decoded.ok) return react(decoded.message);
      log(`control: ${decoded.problem}`);
      return QUIET;
    },
    farewell: () => encodeAgentToServer({ ...header(), agentDisconnect: {} }),
  };

  function react(message: ServerToAgent): Reaction {
    if (message.errorResponse) return yieldTo(message.errorResponse);
    if (Buffer.compare(message.instanceUid, instanceUid) !== 0) return QUIET;
    const renamed = message.agentIdentification?.newInstanceUid;
    if (renamed?.length === instanceUid.length) instanceUid = Buffer.from(renamed);
    const isIncomplete = hasBit(message.flags, SERVER_FLAG.reportFullState);
    if (isIncomplete) sent = new Map();
    if (message.packagesAvailable) installer.offer(readOffer(message.packagesAvailable));
    return { speak: isIncomplete && mayRepeat() };
  }

  function mayRepeat(): boolean {
    const now = performance.now();
    if (now - repeatedAt < FULL_REPORT_EVERY_MS) return false;
    repeatedAt = now;
    return true;
  }

  function yieldTo(error: ServerErrorResponse): Reaction {
    log(`control: Arc Core answers: ${error.errorMessage ?? 'unknown error'}`);
    if (error.type !== ERROR_TYPE.unavailable) return QUIET;
    const nanoseconds = error.retryInfo?.retryAfterNanoseconds;
    return { speak: false, waitMs: nanoseconds === undefined ? DEFAULT_RETRY_MS : Number(nanoseconds) / 1e6 };
  }
}

function fingerprint(part: unknown): string {
  return JSON.stringify(part);
}
