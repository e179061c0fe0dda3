import type { PackDefinition, PackInfo } from '../../contract/pattern.js';
import type { PackHolder } from '../../patterns/pack-holder.js';

/** A pack as the build writes it; what packs call `pack` in files is the name. */
interface WrittenPack extends Omit<PackDefinition, 'name'> {
  readonly pack: string;
}

/**
 * Loads the patterns that ship with Arc: `packs/*.yaml`, checked and written as JSON by the build. Required by a name that
 * is written out and not read from the folder, so that a bundler takes them along.
 */
export function loadBuiltinPacks(holder: PackHolder): readonly PackInfo[] {
  const packs = require('../../../packs/index.js') as readonly WrittenPack[]; // written by our own build
  return packs.map(({ pack, ...rest }) => holder.put({ name: pack, ...rest }, 'builtin'));
}
