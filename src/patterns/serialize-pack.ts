import type { PackDefinition } from '../contract/pattern.js';

/**
 * The normal form of a pack: JSON with sorted keys and no whitespace. `parsePack` reads it back unchanged, and equal
 * packs give equal text, so it is what is hashed, stored and sent.
 */
export function serializePack(pack: PackDefinition): string {
  return JSON.stringify({ pack: pack.name, patterns: pack.patterns, version: pack.version }, sortKeys);
}

/** Any part of a pack in the same form. */
export function serializeSorted(part: unknown): string {
  return JSON.stringify(part, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
