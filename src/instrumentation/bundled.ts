import { existsSync } from 'node:fs';
import { basename } from 'node:path';

/** This file, as the package has it. */
const FILE = 'bundled.js';

/**
 * Whether Arc runs inside a bundle: its files are then one with the program's, nothing of the package lies beside them, and
 * no hook sees the SDKs of the bundle load. Bundlers leave `__filename` out, put the bundle's own in its place, or a path
 * that is none.
 */
export function isBundled(): boolean {
  return typeof __filename !== 'string' || basename(__filename) !== FILE || !existsSync(__filename);
}
