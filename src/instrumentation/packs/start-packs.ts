import type { ArcOptions } from '../../contract/options.js';
import type { PackHolder } from '../../patterns/pack-holder.js';
import { loadBuiltinPacks } from './builtin-packs.js';

/**
 * Loads the packs a process starts with: those that ship with Arc, and the files of the options.
 * @param failed - told of a large file that could not be loaded, later.
 * @throws {ArcError} `ARC_PACK_INVALID` for a bad pack file.
 */
export function loadStartPacks(
  holder: PackHolder,
  { builtinPack, packs }: Pick<ArcOptions, 'builtinPack' | 'packs'>,
  failed: (error: unknown) => void,
): void {
  if (builtinPack) loadBuiltinPacks(holder);
  if (packs.length === 0) return;
  const { loadPackFile } = require('./pack-file.js') as typeof import('./pack-file.js');
  for (const file of packs) loadPackFile(holder, file, { changed: () => undefined, failed });
}
