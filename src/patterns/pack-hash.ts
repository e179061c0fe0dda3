import { createHash } from 'node:crypto';
import type { PackDefinition } from '../contract/pattern.js';
import { serializePack } from './serialize-pack.js';

/** SHA-256 of a pack's normal form, 64 lower-case hexadecimal digits. */
export function hashPack(pack: PackDefinition): string {
  return createHash('sha256').update(serializePack(pack)).digest('hex');
}
