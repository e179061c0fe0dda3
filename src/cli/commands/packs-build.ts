import { renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ArcError } from '../../contract/errors.js';
import type { LoadProgress } from '../../instrumentation/packs/read-source.js';
import { imageBytes } from '../../instrumentation/packs/image-file.js';
import { infoOf, livingPatterns } from '../../patterns/held-pack.js';
import { createImageBuilder } from '../../patterns/image/build-image.js';
import type { SegmentImage } from '../../patterns/image/layout.js';
import { readMeta } from '../../patterns/image/pack-meta.js';
import { createPackHasher } from '../../patterns/pack-hash.js';
import { nameProblem } from '../../patterns/pattern-keys.js';
import type { CommandContext } from '../command.js';
import { plural } from '../plural.js';
import { createProgress } from '../progress.js';
import { readPackFiles, type OnProgress, type PackFiles } from './pack-files.js';

/** Flags of `arc packs build`. */
export interface BuildFlags {
  readonly output: string;
  readonly name?: string;
  readonly packVersion?: string;
}

/** Compiles pack files into one file that a process loads by reading. */
export function build(files: readonly string[], flags: BuildFlags, context: CommandContext): boolean {
  const problem = flags.name === undefined ? undefined : nameProblem(flags.name);
  if (problem !== undefined) throw new ArcError('ARC_USAGE', `--name: ${problem}`);
  const progress = createProgress();
  try {
    const startedAt = performance.now();
    const image = compile(
      readPackFiles(files, (file, at) => progress.show(describe(file, at))),
      flags,
      (done) => progress.show(`${flags.output}: ${plural(done, 'pattern')}`),
    );
    write(flags.output, imageBytes(image));
    progress.done();
    const { name, version, hash } = readMeta(image);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const size = `${plural(image.patterns, 'pattern')}, ${megabytes(image.bytes.byteLength)}, ${seconds} s`;
    context.stdout(`built ${name} ${version} (${size}) ${hash}`);
    return true;
  } finally {
    progress.done();
  }
}

/** One pack that stays as it is was compiled while it was read; everything else is compiled anew. */
function compile(files: PackFiles, flags: BuildFlags, progress: (done: number) => void): SegmentImage {
  const [first, ...others] = files.packs;
  const { name = first.name, packVersion: version = first.version } = flags;
  const [run, ...more] = first.runs;
  const isSame = name === first.name && version === first.version;
  if (run && more.length === 0 && others.length === 0 && isSame) return run.segment.image;
  const [builder, hasher] = [createImageBuilder({ isAhead: true }), createPackHasher(name)];
  for (const pattern of livingPatterns(files.runs)) {
    builder.add(pattern);
    hasher.add(pattern);
    progress(builder.count);
  }
  return builder.finish({ name, version, hash: hasher.digest(version) });
}

/** Never leaves half a file under the name that a process may be watching. */
function write(path: string, bytes: Uint8Array): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    writeFileSync(draft, bytes);
    renameSync(draft, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ArcError('ARC_USAGE', `cannot write ${path}: ${code}`, { cause: error });
  }
}

/** What is read and how far. */
export function describe(file: string, { done, unit, total }: LoadProgress): string {
  const of = total === undefined ? '' : ` of ${unit === 'bytes' ? megabytes(total) : total}`;
  return `${basename(file)}: ${unit === 'bytes' ? megabytes(done) : done}${of}${unit === 'bytes' ? '' : ' patterns'}`;
}

/** A number of bytes for people. */
export function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Reports what is read on a terminal. */
export function readingProgress(): { readonly onProgress: OnProgress; readonly done: () => void } {
  const progress = createProgress();
  return { onProgress: (file, at) => progress.show(describe(file, at)), done: () => progress.done() };
}

/** Name, version, hash and size of the first pack, for people. */
export function headline({ packs: [first] }: PackFiles): string {
  const { name, version, hash, patterns } = infoOf(first);
  return `${name} ${version}, ${plural(patterns, 'pattern')}, ${hash}`;
}
