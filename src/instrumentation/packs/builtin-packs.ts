import { endianness } from 'node:os';
import type { PackDefinition, PackInfo } from '../../contract/pattern.js';
import type { PackHolder } from '../../patterns/pack-holder.js';
import { openSealed } from './sealed-image.js';

/** The packs as the build writes them, one for each api. */
interface BuiltPacks {
  /** Compiled, in base64. */
  readonly images: readonly string[];
  readonly definitions: () => readonly PackDefinition[];
}

/**
 * Loads the patterns that ship with Arc, `packs/*.yaml`, put together by api and compiled by the build: nothing is parsed,
 * checked or indexed, and a pattern is decoded when a call needs it. Required by a name that is written out and not read
 * from the folder, so that a bundler takes them along.
 * @param byteOrder - that of this machine. Images are built for the common one; on the other they are built anew.
 */
export function loadBuiltinPacks(holder: PackHolder, byteOrder: string = endianness()): readonly PackInfo[] {
  const { images, definitions } = require('../../../packs/index.js') as BuiltPacks; // written by our own build
  if (byteOrder !== 'LE') return definitions().map((pack) => holder.put(pack, 'builtin'));
  return holder.putBuiltins(images.map((image) => openSealed(Buffer.from(image, 'base64'))));
}
