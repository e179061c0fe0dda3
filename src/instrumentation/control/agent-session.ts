import type { ArcStatus } from '../../contract/status.js';
import { decodeServerToAgent, encodeAgentToServer, INSTANCE_UID_BYTES } from '../../wire/opamp.js';
import {
  AGENT_CAPABILITY,
  ERROR_TYPE,
  hasBit,
  SERVER_FLAG,
  type AgentToServer,
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

interface Progress {
  instanceUid: Uint8Array;
  sequence: bigint;
  /** Fingerprints of the parts as they were sent last. */
  sent: ReadonlyMap<string, string>;
  /** When everything was last repeated on request, on the monotonic clock. */
  repeatedAt: number;
}

/** Starts a session under a new instance UUID. */
export function createAgentSession(parts: SessionParts): AgentSession {
  const instanceUid = newUuidV7(Date.now());
  const instanceId = formatUuid(instanceUid);
  const progress: Progress = {
    instanceUid,
    sequence: 0n,
    sent: new Map(),
    repeatedAt: Number.NEGATIVE_INFINITY,
  };
  return {
    next: () => encodeAgentToServer({ ...header(progress), ...news(progress, report(parts, instanceId)) }),
    restart() {
      progress.sent = new Map();
    },
    receive(bytes) {
      const decoded = decodeServerToAgent(bytes);
      if (decoded.ok) return react(decoded.message, progress, parts);
      parts.log(`control: ${decoded.problem}`);
      return QUIET;
    },
    farewell: () => encodeAgentToServer({ ...header(progress), agentDisconnect: {} }),
  };
}

function header(progress: Progress): Pick<AgentToServer, 'instanceUid' | 'sequenceNum' | 'capabilities'> {
  progress.sequence += 1n;
  const { instanceUid, sequence } = progress;
  return { instanceUid, sequenceNum: String(sequence), capabilities: CAPABILITIES };
}

function report({ status, installer }: SessionParts, instanceId: string): Report {
  return buildReport({
    status: status(),
    instanceId,
    packages: installer.statuses(),
    problem: installer.problem(),
  });
}

/** The parts that differ from what was sent last; remembers that they are sent now. */
function news(progress: Progress, report: Report): Partial<Report> {
  const parts = Object.entries(report).map(([key, value]) => [key, value, JSON.stringify(value)] as const);
  const fresh = parts.filter(([key, , fingerprint]) => progress.sent.get(key) !== fingerprint);
  progress.sent = new Map(parts.map(([key, , fingerprint]) => [key, fingerprint]));
  return Object.fromEntries(fresh.map(([key, value]) => [key, value]));
}

function react(message: ServerToAgent, progress: Progress, { installer, log }: SessionParts): Reaction {
  if (message.errorResponse) return yieldTo(message.errorResponse, log);
  if (Buffer.compare(message.instanceUid, progress.instanceUid) !== 0) return QUIET;
  const renamed = message.agentIdentification?.newInstanceUid;
  if (renamed?.length === INSTANCE_UID_BYTES) progress.instanceUid = Buffer.from(renamed);
  const isIncomplete = hasBit(message.flags, SERVER_FLAG.reportFullState);
  if (isIncomplete) progress.sent = new Map();
  if (message.packagesAvailable) installer.offer(readOffer(message.packagesAvailable));
  return { speak: isIncomplete && mayRepeat(progress) };
}

function mayRepeat(progress: Progress): boolean {
  const now = performance.now();
  if (now - progress.repeatedAt < FULL_REPORT_EVERY_MS) return false;
  progress.repeatedAt = now;
  return true;
}

function yieldTo(error: ServerErrorResponse, log: SessionParts['log']): Reaction {
  log(`control: Arc Core answers: ${error.errorMessage ?? 'unknown error'}`);
  if (error.type !== ERROR_TYPE.unavailable) return QUIET;
  const nanoseconds = error.retryInfo?.retryAfterNanoseconds;
  return { speak: false, waitMs: nanoseconds === undefined ? DEFAULT_RETRY_MS : Number(nanoseconds) / 1e6 };
}
