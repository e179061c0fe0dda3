import { createHash } from 'node:crypto';
import type { PackDefinition, PatternDefinition } from '../contract/pattern.js';
import { canonicalJson } from './serialize-pack.js';

/** SHA-256 of a pack's normal form, 64 lower-case hexadecimal digits. */
export function hashPack({ name, version, patterns }: PackDefinition): string {
  const hasher = createPackHasher(name);
  for (const pattern of patterns) hasher.add(pattern);
  return hasher.digest(version);
}

/** Computes the hash of a pack whose patterns are seen one by one. */
export interface PackHasher {
  add(pattern: PatternDefinition): void;
  /** The hash; nothing can be added afterwards. */
  digest(version: string): string;
}

/** A hasher that saw no pattern yet. */
export function createPackHasher(name: string): PackHasher {
  const digest = createHash('sha256').update(`{"pack":${JSON.stringify(name)},"patterns":[`);
  let separator = '';
  return {
    add(pattern) {
      digest.update(separator + canonicalJson(pattern));
      separator = ',';
    },
    digest: (version) => digest.update(`],"version":${JSON.stringify(version)}}`).digest('hex'),
  };
}

/** Everything a delta says. */
interface DeltaContent {
  readonly name: string;
  readonly base: string;
  readonly version: string;
  readonly add: readonly PatternDefinition[];
  readonly remove: readonly string[];
}

/**
 * Hash of the pack that a delta makes: SHA-256 of the delta's normal form, which names the hash of its base. So it stands
 * for the content, but is another one than that of the same patterns written as a whole pack.
 */
export function hashDelta({ name, base, version, add, remove }: DeltaContent): string {
  return createHash('sha256')
    .update(canonicalJson({ pack: name, base, version, add, remove }))
    .digest('hex');
}
