import { formatUuid } from '../../src/wire/uuid.js';
import { AGENT_CAPABILITY, hasBit, type AgentToServer } from '../../src/wire/opamp-messages.js';
import { STATUS_CONFIG_KEY } from '../../src/wire/opamp.js';
import {
  hex,
  readArcStatus,
  readAttributes,
  readPackReports,
  type ProcessView,
  type Transport,
} from './process-view.js';

/** Who carries the messages of a process; `undefined` for plain HTTP, where every message stands alone. */
export type Carrier = object | undefined;

/** What Core remembers of a process between its messages. */
export interface ProcessRecord {
  readonly uid: Uint8Array;
  readonly view: Omit<ProcessView, 'upToDate'>;
  readonly carrier: Carrier;
  readonly sequence: bigint;
  /** Hash of the last set it dealt with, hexadecimal; empty at first. */
  readonly setHash: string;
  /** Unix time in milliseconds. */
  readonly seenAtMs: number;
  /** Longest silence after which a process on plain HTTP still counts as connected, in milliseconds. */
  readonly patienceMs: number;
}

/** The processes Core knows. */
export interface ProcessRegistry {
  get(uid: Uint8Array): ProcessRecord | undefined;
  /** Takes a message in. */
  update(message: AgentToServer, carrier: Carrier, nowMs: number): ProcessRecord;
  disconnect(uid: Uint8Array): void;
  /** Every process of a connection that is gone. */
  disconnectAll(carrier: object): void;
  /** Notices silence, and forgets what is long gone. */
  sweep(nowMs: number): void;
  /** Connected ones first, then by last sign of life, newest first. */
  records(): readonly ProcessRecord[];
  /** Calls back after every change until the returned function is called. */
  onChange(listener: (record: ProcessRecord) => void): () => void;
}

/** A process that is gone stays on the list this long, in milliseconds. */
const FORGET_AFTER_MS = 3_600_000;
/** Processes remembered at most; the ones gone longest make room. */
const MAX_RECORDS = 10_000;
/** A poller counts as gone after missing this many of its own intervals. */
const MISSED_POLLS = 4;
/** Bounds of that, in milliseconds: a very fast poller may stall, and the specification's default interval is 30 s. */
const PATIENCE_MS = { least: 5_000, most: 120_000 } as const;

/** Creates an empty registry. */
export function createProcessRegistry(): ProcessRegistry {
  const byId = new Map<string, ProcessRecord>();
  const listeners = new Set<(record: ProcessRecord) => void>();
  const put = (record: ProcessRecord): ProcessRecord => {
    byId.set(record.view.uid, record);
    for (const listener of [...listeners]) listener(record);
    return record;
  };
  const drop = (record: ProcessRecord): void => {
    if (record.view.connected)
      put({ ...record, carrier: undefined, view: { ...record.view, connected: false } });
  };
  const get = (uid: Uint8Array): ProcessRecord | undefined => byId.get(formatUuid(uid));
  return {
    get,
    update(message, carrier, nowMs) {
      const before = get(message.instanceUid);
      if (!before) makeRoom(byId);
      return put(merge(before, message, carrier, nowMs));
    },
    disconnect(uid) {
      const record = get(uid);
      if (record) drop(record);
    },
    disconnectAll(carrier) {
      for (const record of byId.values()) if (record.carrier === carrier) drop(record);
    },
    sweep(nowMs) {
      for (const record of [...byId.values()]) {
        if (isForgettable(record, nowMs)) byId.delete(record.view.uid);
        else if (isSilent(record, nowMs)) drop(record);
      }
    },
    records: () => [...byId.values()].sort(byLiveliness),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isForgettable({ view, seenAtMs }: ProcessRecord, nowMs: number): boolean {
  return !view.connected && nowMs - seenAtMs > FORGET_AFTER_MS;
}

/** On a WebSocket the connection itself tells. */
function isSilent({ carrier, seenAtMs, patienceMs }: ProcessRecord, nowMs: number): boolean {
  return !carrier && nowMs - seenAtMs > patienceMs;
}

function byLiveliness(a: ProcessRecord, b: ProcessRecord): number {
  return Number(b.view.connected) - Number(a.view.connected) || b.seenAtMs - a.seenAtMs;
}

function makeRoom(byId: Map<string, ProcessRecord>): void {
  if (byId.size < MAX_RECORDS) return;
  const oldest = [...byId.values()].sort(byLiveliness).at(-1);
  if (oldest) byId.delete(oldest.view.uid);
}

/** What the message does not mention stays as it was. */
function merge(
  before: ProcessRecord | undefined,
  message: AgentToServer,
  carrier: Carrier,
  nowMs: number,
): ProcessRecord {
  const statuses = message.packageStatuses;
  const setHash = statuses?.serverProvidedAllPackagesHash;
  return {
    uid: message.instanceUid,
    carrier,
    sequence: BigInt(message.sequenceNum ?? '0'),
    setHash: setHash ? hex(setHash) : (before?.setHash ?? ''),
    seenAtMs: nowMs,
    patienceMs: patience(before, nowMs),
    view: mergeView(before?.view, message, carrier ? 'websocket' : 'http', nowMs),
  };
}

function patience(before: ProcessRecord | undefined, nowMs: number): number {
  if (!before) return PATIENCE_MS.most;
  const intervalMs = nowMs - before.seenAtMs;
  return Math.min(Math.max(MISSED_POLLS * intervalMs, PATIENCE_MS.least), PATIENCE_MS.most);
}

function mergeView(
  before: ProcessRecord['view'] | undefined,
  message: AgentToServer,
  transport: Transport,
  nowMs: number,
): ProcessRecord['view'] {
  const now = new Date(nowMs).toISOString();
  const description = message.agentDescription;
  const attributes = description
    ? readAttributes([description.identifyingAttributes, description.nonIdentifyingAttributes])
    : (before?.attributes ?? {});
  const health = message.health ?? { healthy: before?.healthy ?? true, lastError: before?.lastError ?? '' };
  const status =
    readArcStatus(message.effectiveConfig?.configMap?.configMap?.[STATUS_CONFIG_KEY]?.body) ?? before?.status;
  return {
    uid: formatUuid(message.instanceUid),
    serviceName: attributes['service.name'] ?? 'unknown_service',
    pid: attributes['process.pid'] === undefined ? undefined : Number(attributes['process.pid']),
    connected: true,
    transport,
    firstSeenAt: before?.firstSeenAt ?? now,
    lastSeenAt: now,
    healthy: health.healthy ?? false,
    ...(health.lastError ? { lastError: health.lastError } : {}),
    acceptsPacks: hasBit(message.capabilities, AGENT_CAPABILITY.acceptsPackages),
    packs: message.packageStatuses ? readPackReports(message.packageStatuses) : (before?.packs ?? []),
    attributes,
    ...(status ? { status } : {}),
  };
}
