import { readFileSync } from 'node:fs';
import { compilePattern } from '../../patterns/compile.js';
import { buildImage, createImageBuilder } from '../../patterns/image/build-image.js';
import type { SegmentImage } from '../../patterns/image/layout.js';
import { compileDelta, type CompiledDelta } from '../../patterns/pack-delta.js';
import { createPackHasher, hashPack, type PackHasher } from '../../patterns/pack-hash.js';
import { createPackLines } from '../../patterns/pack-lines.js';
import { parsePackText } from '../../patterns/parse-delta.js';
import { packNameOf } from '../../patterns/parse-pack.js';
import type { PackDefinition } from '../../contract/pattern.js';
import { isImageFile, readImageFile } from './image-file.js';
import { readLines } from './read-lines.js';

/** Where a pack comes from. A text takes the name it is given, whatever it says itself. */
export type PackSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string; readonly name: string };

/** A pack that is ready to run, or a change of one. */
export type LoadedPack =
  | { readonly kind: 'image'; readonly image: SegmentImage; readonly isChecked: boolean }
  | { readonly kind: 'delta'; readonly delta: CompiledDelta };

/** How far a load is. */
export interface LoadProgress {
  readonly done: number;
  readonly unit: 'patterns' | 'bytes';
  /** Of how many, where that is known. */
  readonly total?: number;
}

/** Patterns between two reports. */
const REPORT_EVERY = 4_096;

/**
 * Reads, checks and indexes a pack: a compiled one, JSON Lines (`.jsonl`), or YAML or JSON.
 * @throws {ArcError} `ARC_PACK_INVALID` with everything that is wrong.
 */
export function readSource(source: PackSource, progress: (at: LoadProgress) => void): LoadedPack {
  if (source.kind === 'text') return fromText(source.text, source.name, progress, source.name);
  const { path } = source;
  if (isImageFile(path)) {
    const image = readImageFile(path, (done, total) => progress({ done, unit: 'bytes', total }));
    return { kind: 'image', image, isChecked: false };
  }
  if (path.endsWith('.jsonl')) return fromLines(path, progress);
  return fromText(readFileSync(path, 'utf8'), path, progress);
}

function fromText(
  text: string,
  file: string,
  progress: (at: LoadProgress) => void,
  name?: string,
): LoadedPack {
  const parsed = parsePackText(text, file);
  if (parsed.kind === 'delta') return { kind: 'delta', delta: compileDelta(parsed.delta) };
  const pack: PackDefinition = name === undefined ? parsed.pack : { ...parsed.pack, name };
  const { version, patterns } = pack;
  for (const pattern of patterns) compilePattern(pattern);
  const meta = { name: pack.name, version, hash: hashPack(pack) };
  const image = buildImage(patterns, meta, {
    isAhead: true,
    progress: (done) => progress({ done, unit: 'patterns', total: patterns.length }),
  });
  return { kind: 'image', image, isChecked: true };
}

function fromLines(path: string, progress: (at: LoadProgress) => void): LoadedPack {
  const lines = createPackLines(path);
  const builder = createImageBuilder({ isAhead: true });
  let hasher: PackHasher | undefined;
  for (const line of readLines(path)) {
    const pattern = lines.read(line);
    if (!pattern) continue;
    hasher ??= createPackHasher(lines.name ?? packNameOf(path));
    compilePattern(pattern);
    hasher.add(pattern);
    builder.add(pattern);
    if (builder.count % REPORT_EVERY === 0) progress({ done: builder.count, unit: 'patterns' });
  }
  const { name = packNameOf(path), version = '0' } = lines;
  const hash = (hasher ?? createPackHasher(name)).digest(version);
  return { kind: 'image', image: builder.finish({ name, version, hash }), isChecked: true };
}
