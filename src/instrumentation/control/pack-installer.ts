import { PACKAGE_STATUS, type PackageStatus, type PackageStatuses } from '../../wire/opamp-messages.js';
import { createBackoff, type Backoff } from './backoff.js';
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

/** What became of each pack. */
export type ApplyResults = readonly ApplyResult[];

/** What the installer works with. */
export interface InstallerParts {
  readonly fetch: Fetcher;
  /** Takes the whole set that should run; a pack that fails leaves the one of its name that runs. */
  readonly apply: (packs: readonly ReceivedPack[]) => ApplyResults | Promise<ApplyResults>;
  /** Called when `statuses()` says something new. */
  readonly changed: () => void;
}

interface Failure {
  readonly pack: OfferedPack;
  readonly message: string;
  /** A download may succeed later; a bad text stays bad. */
  readonly mayPass: boolean;
}

interface Work {
  /** What runs, by name. */
  held: ReadonlyMap<string, ReceivedPack>;
  failures: ReadonlyMap<string, Failure>;
  /** The offer that was dealt with last. */
  settled: PackOffer | undefined;
  next: PackOffer | undefined;
  underway: AbortController | undefined;
  retry: NodeJS.Timeout | undefined;
  isClosed: boolean;
  readonly backoff: Backoff;
}

/** Creates an installer that holds nothing yet. */
export function createPackInstaller(parts: InstallerParts): PackInstaller {
  const work = newWork();
  return {
    offer(offer) {
      if (!isSame(offer, work.next ?? work.settled)) work.backoff.reset();
      else if (work.underway) return;
      work.next = offer;
      if (work.underway) work.underway.abort();
      else start(work, parts);
    },
    statuses: () => ({
      packages: describe(work.held, work.failures),
      ...(work.settled ? { serverProvidedAllPackagesHash: work.settled.setHash } : {}),
    }),
    problem: () => work.failures.values().next().value?.message,
    close() {
      work.isClosed = true;
      work.next = undefined;
      clearTimeout(work.retry);
      work.underway?.abort();
    },
  };
}

function newWork(): Work {
  return {
    held: new Map(),
    failures: new Map(),
    settled: undefined,
    next: undefined,
    underway: undefined,
    retry: undefined,
    isClosed: false,
    backoff: createBackoff(),
  };
}

function start(work: Work, parts: InstallerParts): void {
  run(work, parts).catch(() => {
    work.underway = undefined;
  });
}

async function run(work: Work, parts: InstallerParts): Promise<void> {
  clearTimeout(work.retry);
  while (work.next && !work.isClosed) {
    const offer = work.next;
    work.underway = new AbortController();
    const { signal } = work.underway;
    const fetched = await fetchAll(offer, work, { fetch: parts.fetch, signal });
    if (signal.aborted) continue;
    work.next = undefined;
    await install(offer, fetched, { work, apply: parts.apply });
    scheduleRetry(offer, work, parts);
    parts.changed();
  }
  work.underway = undefined;
}

async function fetchAll(
  offer: PackOffer,
  { held, failures }: Work,
  { fetch, signal }: { readonly fetch: Fetcher; readonly signal: AbortSignal },
): Promise<Fetched> {
  const packs: ReceivedPack[] = [];
  const failed: Failure[] = [];
  for (const pack of offer.packs) {
    const { name, version, hash } = pack;
    const known = failures.get(name);
    if (held.get(name)?.hash === hash) continue;
    if (known?.mayPass === false && known.pack.hash === hash) failed.push(known);
    else {
      const download = await fetch(pack, signal);
      if (signal.aborted) break;
      if (download.ok) packs.push({ name, version, hash, text: download.text });
      else failed.push({ pack, message: download.problem, mayPass: true });
    }
  }
  return { packs, failed };
}

async function install(
  offer: PackOffer,
  fetched: Fetched,
  { work, apply }: { readonly work: Work; readonly apply: InstallerParts['apply'] },
): Promise<void> {
  const kept = offer.packs.flatMap(({ name }) => work.held.get(name) ?? []);
  const wanted = byName([...kept, ...fetched.packs]);
  const isChange = kept.length < work.held.size || fetched.packs.length > 0;
  const refused = isChange ? refusals(offer, fetched, await safely(apply, [...wanted.values()])) : [];
  for (const { pack } of refused) wanted.delete(pack.name);
  const refusedNames = new Set(refused.map(({ pack }) => pack.name));
  for (const pack of kept) if (refusedNames.has(pack.name)) wanted.set(pack.name, pack);
  work.held = wanted;
  work.failures = new Map([...fetched.failed, ...refused].map((failure) => [failure.pack.name, failure]));
  work.settled = offer;
}

function byName(packs: readonly ReceivedPack[]): Map<string, ReceivedPack> {
  return new Map(packs.map((pack) => [pack.name, pack]));
}

function scheduleRetry(offer: PackOffer, work: Work, parts: InstallerParts): void {
  if (![...work.failures.values()].some(({ mayPass }) => mayPass)) return work.backoff.reset();
  work.retry = setTimeout(() => {
    if (work.isClosed || work.underway) return;
    work.next = offer;
    start(work, parts);
  }, work.backoff.next()).unref();
}

interface Fetched {
  readonly packs: readonly ReceivedPack[];
  readonly failed: readonly Failure[];
}

async function safely(apply: InstallerParts['apply'], packs: readonly ReceivedPack[]): Promise<ApplyResults> {
  try {
    return await apply(packs);
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
