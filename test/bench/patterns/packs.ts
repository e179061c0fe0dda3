import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '../paired.js';
import type { CorpusKind } from './corpus.js';
import { workOnce } from './task.js';

/** A pack file and what it took to write. */
export interface PackFile {
  readonly path: string;
  readonly sample: Sample;
}

const written = new Map<string, Promise<PackFile>>();
let folder: string | undefined;

/**
 * A pack in a file, written when it is first asked for and kept until the benchmark ends.
 * @param form - ending of the file's name: `arcpack`, `jsonl` or `yaml`.
 */
export function packFile(kind: CorpusKind, count: number, form = 'arcpack'): Promise<PackFile> {
  const path = join(packFolder(), `${kind}-${count}.${form}`);
  const present = written.get(path) ?? writeFile(kind, count, path);
  written.set(path, present);
  return present;
}

async function writeFile(kind: CorpusKind, count: number, path: string): Promise<PackFile> {
  // Its own seconds are those of making the patterns too.
  return { path, sample: await workOnce('write', null, { kind, count, path }) };
}

/** A folder that is removed when this process ends. */
export function packFolder(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'arc-bench-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}
