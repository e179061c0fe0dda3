import { endianness } from 'node:os';
import type { PackDefinition, PackInfo } from '../../contract/pattern.js';
import type { PackHolder } from '../../patterns/pack-holder.js';
import { openSealed } from './sealed-image.js';

/** A pack as the build writes it. */
interface BuiltPack {
  /** The compiled pack in base64. */
  readonly image: string;
  /** The pack as it is written, where what packs call `pack` in files is the name. */
  readonly definition: () => Omit<PackDefinition, 'name'> & { readonly pack: string };
}

/**
 * Loads the patterns that ship with Arc, `packs/*.yaml`, compiled by the build: nothing is parsed, checked or indexed, and a
 * pattern is decoded when a call needs it. Required by a name that is written out and not read from the folder, so that a
 * bundler takes them along.
 * @param byteOrder - that of this machine. Images are built for the common one; on the other they are built anew.
 */
export function loadBuiltinPacks(holder: PackHolder, byteOrder: string = endianness()): readonly PackInfo[] {
  const packs = require('../../../packs/index.js') as readonly BuiltPack[]; // written by our own build
  return packs.map(({ image, definition }) => {
    if (byteOrder === 'LE') return holder.putImage(openSealed(Buffer.from(image, 'base64')), 'builtin', true);
    const { pack, ...rest } = definition();
    return holder.put({ name: pack, ...rest }, 'builtin');
  });
}
