import { readFileSync } from 'node:fs';
import { isImageFile } from '../../instrumentation/packs/image-file.js';
import { readSource, type LoadProgress } from '../../instrumentation/packs/read-source.js';
import { ArcError } from '../../contract/errors.js';
import { holdImage, patched, wrongBase, type HeldPack } from '../../patterns/held-pack.js';
import { mergePacks } from '../../patterns/merge-packs.js';
import type { Run } from '../../patterns/match.js';

/** Pack files as one set of patterns. */
export interface PackFiles {
  /** The packs in the order they were named, changes applied. */
  readonly packs: readonly [HeldPack, ...HeldPack[]];
  readonly runs: readonly Run[];
}

/** Told while a file is read. */
export type OnProgress = (file: string, progress: LoadProgress) => void;

/**
 * Reads pack files of any form; a change of a pack is put on the pack, which must stand before it.
 * @throws {ArcError} `ARC_PACK_INVALID` with what is wrong; `ARC_USAGE` for a file that cannot be read.
 */
export function readPackFiles(files: readonly string[], progress: OnProgress): PackFiles {
  const packs: HeldPack[] = [];
  for (const file of files) addFile(packs, file, progress);
  const [first, ...rest] = packs;
  if (!first) throw new ArcError('ARC_USAGE', 'no pack file is named');
  const merged = mergePacks(packs);
  const [conflict] = merged.conflicts();
  if (conflict) {
    const message = `the id "${conflict.id}" stands in ${conflict.packs.join(' and ')}; ids are unique in a pack`;
    throw new ArcError('ARC_PACK_INVALID', message);
  }
  return { packs: [first, ...rest], runs: merged.runs };
}

function addFile(packs: HeldPack[], file: string, progress: OnProgress): void {
  const loaded = readOne(file, (at) => progress(file, at));
  if (loaded.kind === 'image') {
    packs.push(holdImage(loaded.image, 'file', { isChecked: loaded.isChecked }));
    return;
  }
  const index = packs.findIndex(({ name }) => name === loaded.delta.name);
  const held = packs[index];
  if (!held) throw wrongBase(loaded.delta, undefined);
  packs[index] = patched(held, loaded.delta, { isChecked: true });
}

/** Reads one pack file of any form. */
export function readOne(file: string, progress: (at: LoadProgress) => void): ReturnType<typeof readSource> {
  return readable(file, () => readSource({ kind: 'file', path: file }, progress));
}

/** Whether a file is a compiled pack. @throws {ArcError} `ARC_USAGE` when it cannot be read. */
export function isCompiled(file: string): boolean {
  return readable(file, () => isImageFile(file));
}

/** The text of a pack file. @throws {ArcError} `ARC_USAGE` when it cannot be read. */
export function readPackFile(file: string): string {
  return readable(file, () => readFileSync(file, 'utf8'));
}

function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (ArcError.is(error)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ArcError('ARC_USAGE', `cannot read ${file}: ${code}`, { cause: error });
  }
}
