import { PACKAGE_STATUS, type PackageStatus, type PackageStatuses } from '../../wire/opamp-messages.js';
import { createBackoff } from './backoff.js';
import type { Fetcher } from './download.js';
import type { ApplyResult, OfferedPack, PackOffer, ReceivedPack } from './pack-offer.js';

/** Brings the process to the packs on offer, one offer at a time; the newest wins. */
export interface PackInstaller {
  /** Starts on an offer; one under way is abandoned. Never throws. */
  offer(offer: PackOffer): void;
  /** What to report. */
  statuses(): PackageStatuses;
  /** The message of the first pack that failed, or undefined. */
  problem(): string | undefined;
  close(): void;
}

/** What the installer works with. */
export interface InstallerParts {
  readonly fetch: Fetcher;
  /** Takes the whole set that should run; a pack that fails leaves the one of its name that runs. */
  readonly apply: (packs: readonly ReceivedPack[]) => readonly ApplyResult[];
  /** Called when `statuses()` says something new. */
  readonly changed: () => void;
}

interface Failure {
  readonly pack: OfferedPack;
  readonly message: string;
  /** A download may succeed later; a bad text stays bad. */
  readonly mayPass: boolean;
}

/** Creates an installer that holds nothing yet. */
export function createPackInstaller({ fetch, apply, changed }: InstallerParts): PackInstaller {
  let held: ReadonlyMap<string, ReceivedPack> = new Map();
  let failures: ReadonlyMap<string, Failure> = new Map();
  let settled: PackOffer | undefined;
  let next: PackOffer | undefined;
  let underway: AbortController | undefined;
  let retry: NodeJS.Timeout | undefined;
  const backoff = createBackoff();
  let closed = false;

  return {
    offer(offer) {
      if (!isSame(offer, next ?? settled)) backoff.reset();
      else if (underway) return;
      next = offer;
      if (underway) underway.abort();
      else start();
    },
    statuses: () => ({
      packages: describe(held, failures),
      ...(settled ? { serverProvidedAllPackagesHash: settled.setHash } : {}),
    }),
    problem: () => failures.values().next().value?.message,
    close() {
      closed = true;
      next = undefined;
      clearTimeout(retry);
      underway?.abort();
    },
  };

  function start(): void {
    run().catch(() => {
      underway = undefined;
    });
  }

  async function run(): Promise<void> {
    clearTimeout(retry);
    while (next && !closed) {
      const offer = next;
      underway = new AbortController();
      const { signal } = underway;
      const fetched = await fetchAll(offer, signal);
      if (signal.aborted) continue;
      next = undefined;
      install(offer, fetched);
    }
    underway = undefined;
  }

  async function fetchAll(offer: PackOffer, signal: AbortSignal): Promise<Fetched> {
    const packs: ReceivedPack[] = [];
    const failed: Failure[] = [];
    for (const pack of offer.packs) {
      const known = failures.get(pack.name);
      if (held.get(pack.name)?.hash === pack.hash) continue;
      if (known && !known.mayPass && known.pack.hash === pack.hash) failed.push(known);
      else {
        const { name, version, hash } = pack;
        const download = await fetch(pack, signal);
        if (signal.aborted) break;
        if (download.ok) packs.push({ name, version, hash, text: download.text });
        else failed.push({ pack, message: download.problem, mayPass: true });
      }
    }
    return { packs, failed };
  }

  function install(offer: PackOffer, fetched: Fetched): void {
    const wanted = new Map<string, ReceivedPack>();
    for (const { name } of offer.packs) {
      const before = held.get(name);
      if (before) wanted.set(name, before);
    }
    const isRemoval = wanted.size < held.size;
    for (const pack of fetched.packs) wanted.set(pack.name, pack);
    const failed = new Map(fetched.failed.map((failure) => [failure.pack.name, failure]));
    if (isRemoval || fetched.packs.length > 0) {
      for (const failure of refusals(offer, fetched, safely(apply, [...wanted.values()]))) {
        failed.set(failure.pack.name, failure);
        const before = held.get(failure.pack.name);
        if (before) wanted.set(before.name, before);
        else wanted.delete(failure.pack.name);
      }
    }
    held = wanted;
    failures = failed;
    settled = offer;
    scheduleRetry(offer);
    changed();
  }

  function scheduleRetry(offer: PackOffer): void {
    if (![...failures.values()].some(({ mayPass }) => mayPass)) return backoff.reset();
    retry = setTimeout(() => {
      if (closed || underway) return;
      next = offer;
      start();
    }, backoff.next()).unref();
  }
}

interface Fetched {
  readonly packs: readonly ReceivedPack[];
  readonly failed: readonly Failure[];
}

function safely(apply: InstallerParts['apply'], packs: readonly ReceivedPack[]): readonly ApplyResult[] {
  try {
    return apply(packs);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return packs.map(({ name }) => ({ name, outcome: 'failed', message }));
  }
}

/** Only new packs can fail: the others ran before and still do. */
function refusals(offer: PackOffer, { packs }: Fetched, results: readonly ApplyResult[]): readonly Failure[] {
  return results.flatMap((result) => {
    const pack = offer.packs.find(({ name }) => name === result.name);
    const isNew = packs.some(({ name }) => name === result.name);
    if (!pack || !isNew || result.outcome === 'installed') return [];
    return [{ pack, message: result.message, mayPass: false }];
  });
}

function isSame(a: PackOffer, b: PackOffer | undefined): boolean {
  return b !== undefined && Buffer.compare(a.setHash, b.setHash) === 0;
}

function describe(
  held: ReadonlyMap<string, ReceivedPack>,
  failures: ReadonlyMap<string, Failure>,
): Record<string, PackageStatus> {
  const statuses: Record<string, PackageStatus> = {};
  for (const pack of held.values()) statuses[pack.name] = installed(pack);
  for (const { pack, message } of failures.values()) {
    statuses[pack.name] = {
      ...statuses[pack.name],
      name: pack.name,
      serverOfferedVersion: pack.version,
      serverOfferedHash: Buffer.from(pack.hash, 'hex'),
      status: PACKAGE_STATUS.installFailed,
      errorMessage: message,
    };
  }
  return statuses;
}

function installed({ name, version, hash }: ReceivedPack): PackageStatus {
  const bytes = Buffer.from(hash, 'hex');
  return {
    name,
    agentHasVersion: version,
    agentHasHash: bytes,
    serverOfferedVersion: version,
    serverOfferedHash: bytes,
    status: PACKAGE_STATUS.installed,
  };
}
