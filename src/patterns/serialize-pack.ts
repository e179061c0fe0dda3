import type { PackDefinition } from '../contract/pattern.js';
import { quotedKey } from './quoted-key.js';

/**
 * The normal form of a pack: JSON with sorted keys and no whitespace. `parsePack` reads it back unchanged, and equal
 * packs give equal text, so it is what is hashed, stored and sent.
 */
export function serializePack(pack: PackDefinition): string {
  return canonicalJson({ pack: pack.name, patterns: pack.patterns, version: pack.version });
}

/**
 * JSON with sorted keys and no whitespace. Keys that are whole numbers stand first, in the order of the numbers, as every
 * JavaScript object has them.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) text += `${text && ','}${canonicalJson(item ?? null)}`;
    return `[${text}]`;
  }
  const record = value as Readonly<Record<string, unknown>>; // an object that is no list
  for (const key of orderedKeys(record)) {
    const item = record[key];
    if (item !== undefined) text += `${text && ','}${quotedKey(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}

function orderedKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(record).sort();
  // Numbers come first in any object, and begin with a digit; of letters and the like there is nothing to put in order.
  if (!keys.some((key) => key >= '0' && key < ':')) return keys;
  return Object.keys(Object.fromEntries(keys.map((key) => [key, 0])));
}
