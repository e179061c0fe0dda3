import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../contract/package-info.js';
import type { PackDefinition, PackInfo } from '../../contract/pattern.js';
import type { PackHolder } from '../../patterns/pack-holder.js';

/** The patterns that ship with Arc: `packs/*.yaml`, checked and written as JSON by the build. */
const BUILTIN_PACKS = join(PACKAGE_ROOT, 'dist', 'packs');

/** A pack as the build writes it; what packs call `pack` in files is the name. */
interface WrittenPack extends Omit<PackDefinition, 'name'> {
  readonly pack: string;
}

/** Loads every built-in pack. They were checked when they were built. */
export function loadBuiltinPacks(holder: PackHolder): readonly PackInfo[] {
  return readdirSync(BUILTIN_PACKS)
    .sort()
    .map((file) => {
      const text = readFileSync(join(BUILTIN_PACKS, file), 'utf8');
      const { pack, ...rest } = JSON.parse(text) as WrittenPack; // written by our own build
      return holder.put({ name: pack, ...rest }, 'builtin');
    });
}
