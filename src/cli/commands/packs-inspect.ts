import { statSync } from 'node:fs';
import { ArcError } from '../../contract/errors.js';
import { accessOf } from '../../patterns/index/access.js';
import { falseBloomShare, falseGramShare, falsePositiveShare } from '../../patterns/index/filter-estimate.js';
import { openSegment } from '../../patterns/index/segment.js';
import { SECTIONS, type SegmentImage } from '../../patterns/image/layout.js';
import { readMeta, type PackMeta } from '../../patterns/image/pack-meta.js';
import { readImageFile } from '../../instrumentation/packs/image-file.js';
import type { CommandContext } from '../command.js';
import { plural } from '../plural.js';
import { createProgress } from '../progress.js';
import { isCompiled } from './pack-files.js';
import { describe, megabytes } from './packs-build.js';

/** What `arc packs inspect` finds. */
export interface Inspection extends PackMeta {
  readonly patterns: number;
  /** Of the file. */
  readonly bytes: number;
  /** Bytes of each section. */
  readonly sections: Readonly<Record<string, number>>;
  /** Patterns with an access path of each kind; a pattern may have several. */
  readonly paths: Readonly<Record<string, number>>;
  /** Patterns that are a candidate of every request of their api, provider and model. */
  readonly shared: number;
  /** Patterns with an instant of expiry. */
  readonly expiring: number;
  /** Share of keys not in a filter that pass it. */
  readonly falsePositives: Readonly<Record<string, number>>;
  /** Patterns that are damaged. */
  readonly damaged: number;
}

/** Prints what a compiled pack holds. @returns false when a pattern is damaged. */
export function inspect(file: string, json: boolean, context: CommandContext): boolean {
  if (!isCompiled(file))
    throw new ArcError('ARC_USAGE', `${file} is no compiled pack; make one with \`arc packs build\``);
  const progress = createProgress();
  const image = readImageFile(file, (done, total) =>
    progress.show(describe(file, { done, unit: 'bytes', total })),
  );
  const found = examine(image, statSync(file).size, (done) =>
    progress.show(`${plural(done, 'pattern')} looked at`),
  );
  progress.done();
  if (json) context.stdout(JSON.stringify(found, null, 2));
  else for (const line of report(found)) context.stdout(line);
  return found.damaged === 0;
}

function examine(image: SegmentImage, bytes: number, progress: (done: number) => void): Inspection {
  const expires = image.words('expires');
  return {
    ...readMeta(image),
    patterns: image.patterns,
    bytes,
    sections: Object.fromEntries(SECTIONS.map((name) => [name, image.section(name).byteLength])),
    ...countPaths(image, progress),
    shared: image.words('shared').length,
    expiring: expires.reduce((sum, second) => sum + (second === -1 ? 0 : 1), 0),
    falsePositives: {
      keys: falsePositiveShare(image.words('keys.filter')),
      signatures: signatureShare(image),
      phrases: falseGramShare(image.words('phrases.filter')),
      similar: falsePositiveShare(image.words('similar.filter')),
      ranges: falsePositiveShare(image.words('ranges.filter')),
    },
  };
}

function countPaths(
  image: SegmentImage,
  progress: (done: number) => void,
): Pick<Inspection, 'paths' | 'damaged'> {
  const segment = openSegment(image, { isChecked: false });
  const paths: Record<string, number> = {};
  let damaged = 0;
  for (let number = 0; number < segment.size; number += 1) {
    progress(number);
    try {
      const { match, scope } = segment.definition(number);
      const kinds = new Set(accessOf(match, scope).map(({ kind }) => kind));
      for (const kind of kinds) paths[kind] = (paths[kind] ?? 0) + 1;
    } catch {
      damaged += 1;
    }
  }
  return { paths, damaged };
}

function signatureShare(image: SegmentImage): number {
  const bloom = image.words('signatures.bloom');
  return bloom.length > 0 ? falseBloomShare(bloom) : falsePositiveShare(image.words('signatures'));
}

function share(value: number): string {
  return `${(value * 100).toFixed(3)} %`;
}

function report(found: Inspection): readonly string[] {
  const { name, version, hash, patterns, bytes, sections, paths, falsePositives, damaged } = found;
  const each = (amount: number): string =>
    patterns === 0 ? '' : `${(amount / patterns).toFixed(2)} a pattern`;
  return [
    `${name} ${version}, ${plural(patterns, 'pattern')}, ${megabytes(bytes)}`,
    `hash       ${hash}`,
    `expiring   ${found.expiring}`,
    `on every call of their api, provider and model   ${found.shared}`,
    ...(damaged > 0 ? [`damaged    ${damaged}`] : []),
    '',
    'found by',
    ...Object.entries(paths).map(([kind, count]) => `  ${kind.padEnd(14)} ${String(count).padStart(10)}`),
    '',
    'false positives of the filters',
    ...Object.entries(falsePositives).map(
      ([kind, value]) => `  ${kind.padEnd(14)} ${share(value).padStart(10)}`,
    ),
    '',
    'sections',
    ...Object.entries(sections).map(
      ([section, size]) => `  ${section.padEnd(14)} ${megabytes(size).padStart(10)}  ${each(size)}`,
    ),
  ];
}
