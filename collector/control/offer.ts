import { createHash } from 'node:crypto';
import {
  PACKAGE_TYPE,
  type PackageAvailable,
  type PackagesAvailable,
} from '../../src/wire/opamp-messages.js';
import type { StoredPack } from './pack-store.js';

/** Path below which packs are downloaded: `/v1/packs/NAME/HASH`. */
export const DOWNLOAD_PATH = '/v1/packs/';

/** The packs on offer and the hash that stands for exactly this set. */
export interface PackSet {
  readonly packs: readonly StoredPack[];
  /** SHA-256 over every name and hash, lower-case hexadecimal. Never empty, not even for no packs. */
  readonly hash: string;
}

/** Computes the set's hash. */
export function packSet(packs: readonly StoredPack[]): PackSet {
  const digest = createHash('sha256');
  for (const { name, hash } of packs) digest.update(`${name}\n${hash}\n`);
  return { packs, hash: digest.digest('hex') };
}

/**
 * The offer of a whole set, as OpAMP says it.
 * @param origin - under which the asking process reaches this server, e.g. `http://localhost:4320`.
 */
export function packagesAvailable(set: PackSet, origin: string): PackagesAvailable {
  const packages: Record<string, PackageAvailable> = {};
  for (const { name, version, hash } of set.packs) {
    const bytes = Buffer.from(hash, 'hex');
    const downloadUrl = `${origin}${DOWNLOAD_PATH}${encodeURIComponent(name)}/${hash}`;
    packages[name] = {
      type: PACKAGE_TYPE.addon,
      version,
      // A pack's identity is the hash of the very bytes that are downloaded.
      file: { downloadUrl, contentHash: bytes },
      hash: bytes,
    };
  }
  return { packages, allPackagesHash: Buffer.from(set.hash, 'hex') };
}
