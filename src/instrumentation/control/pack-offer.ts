import type { PackagesAvailable } from '../../wire/opamp-messages.js';

/** A pack on offer, not yet fetched. */
export interface OfferedPack {
  readonly name: string;
  readonly version: string;
  /** Its identity, lower-case hexadecimal. */
  readonly hash: string;
  /** SHA-256 of the content, lower-case hexadecimal. */
  readonly contentHash: string;
  readonly downloadUrl: string;
}

/** A whole offer: what is absent is to be removed. */
export interface PackOffer {
  readonly packs: readonly OfferedPack[];
  /** Stands for exactly this set. */
  readonly setHash: Uint8Array;
}

/** A pack with its text, ready to be parsed. */
export interface ReceivedPack {
  readonly name: string;
  readonly version: string;
  /** Lower-case hexadecimal. */
  readonly hash: string;
  /** YAML or JSON. */
  readonly text: string;
}

/** What became of one pack. `failed`: the pack of that name that ran before, if any, still runs. */
export type ApplyResult =
  | { readonly name: string; readonly outcome: 'installed' }
  | { readonly name: string; readonly outcome: 'failed'; readonly message: string };

/** Reads the wire form of an offer. */
export function readOffer(available: PackagesAvailable): PackOffer {
  const packs = Object.entries(available.packages ?? {}).map(([name, item]) => ({
    name,
    version: item.version ?? '',
    hash: hex(item.hash),
    contentHash: hex(item.file?.contentHash),
    downloadUrl: item.file?.downloadUrl ?? '',
  }));
  return { packs, setHash: available.allPackagesHash ?? new Uint8Array(0) };
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
