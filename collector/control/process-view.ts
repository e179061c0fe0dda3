import type { ArcStatus } from '../../src/contract/status.js';
import { PACKAGE_STATUS, type KeyValue, type PackageStatuses } from '../../src/wire/opamp-messages.js';

/** How a process talks to Core. */
export type Transport = 'websocket' | 'http';

/** What a process reports of one pack. */
export interface PackReport {
  readonly name: string;
  readonly status: 'installed' | 'pending' | 'failed';
  /** Hash of the pack it runs, hexadecimal; absent when it runs none of this name. */
  readonly hash?: string;
  readonly version?: string;
  /** Hash of the pack it was offered last; differs from `hash` after a failure. */
  readonly offeredHash?: string;
  /** Why it failed. */
  readonly message?: string;
}

/** A process as Core knows it. Instants are RFC 3339. */
export interface ProcessView {
  /** Its OpAMP instance, a UUID. */
  readonly uid: string;
  readonly serviceName: string;
  readonly pid: number | undefined;
  readonly connected: boolean;
  readonly transport: Transport;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly healthy: boolean;
  readonly lastError?: string;
  /** Whether it takes packs from Core at all. */
  readonly acceptsPacks: boolean;
  /** Whether it has dealt with the packs now on offer; each may still have failed. */
  readonly upToDate: boolean;
  readonly packs: readonly PackReport[];
  /** What it says of itself, by resource attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Its whole state as last reported; absent for agents that are not Arc. */
  readonly status?: ArcStatus;
}

/** Attributes as texts; values that are lists or maps are left out. */
export function readAttributes(lists: readonly (readonly KeyValue[] | undefined)[]): Record<string, string> {
  const entries = lists
    .flatMap((list) => list ?? [])
    .map(({ key, value }) => [key, attributeText(value)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
}

function attributeText(value: KeyValue['value']): string | undefined {
  const scalar = value?.stringValue ?? value?.intValue ?? value?.doubleValue ?? value?.boolValue;
  return scalar === undefined ? undefined : String(scalar);
}

/** The package statuses as pack reports, by name. */
export function readPackReports(statuses: PackageStatuses | undefined): readonly PackReport[] {
  const entries = Object.entries(statuses?.packages ?? {});
  return entries
    .map(([name, item]): PackReport => ({
      name,
      status: readStatus(item.status),
      ...(item.agentHasHash?.length ? { hash: hex(item.agentHasHash) } : {}),
      ...(item.agentHasVersion ? { version: item.agentHasVersion } : {}),
      ...(item.serverOfferedHash?.length ? { offeredHash: hex(item.serverOfferedHash) } : {}),
      ...(item.errorMessage ? { message: item.errorMessage } : {}),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readStatus(status: number | undefined): PackReport['status'] {
  if (status === undefined || status === PACKAGE_STATUS.installed) return 'installed';
  return status === PACKAGE_STATUS.installFailed ? 'failed' : 'pending';
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Reads the status a process reports as JSON; undefined for anything that is not one. */
export function readArcStatus(body: Uint8Array | undefined): ArcStatus | undefined {
  if (!body) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const isStatus = typeof value === 'object' && value !== null && 'arcVersion' in value && 'packs' in value;
    // A process of another Arc version may say more or less; readers of the view treat it as that process's own words.
    return isStatus ? (value as ArcStatus) : undefined;
  } catch {
    return undefined;
  }
}
