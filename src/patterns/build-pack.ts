/** What makes segments from definitions. Loaded when a process does that itself: built-in and compiled packs need none of it. */
import type { PackDefinition, PackOrigin, PatternDefinition } from '../contract/pattern.js';
import { compilePattern } from './compile.js';
import { keepLives, type Lives } from './deadline.js';
import { livingPatterns, withoutIds, type HeldPack } from './held-pack.js';
import { buildImage } from './image/build-image.js';
import type { PackMeta } from './image/pack-meta.js';
import { countNumbers } from './index/number-set.js';
import { openSegment } from './index/segment.js';
import type { Run } from './match.js';
import { hashPack } from './pack-hash.js';

const PART = '0';

/**
 * Compiles and indexes a pack.
 * @throws {ArcError} `ARC_PACK_INVALID` when a pattern does not compile.
 */
export function holdPack(pack: PackDefinition, origin: PackOrigin, lives: Lives): HeldPack {
  const { name, version, patterns } = pack;
  const hash = hashPack(pack);
  const run = runOf(patterns, { name, version, hash }, lives);
  return { name, version, origin, hash: () => hash, runs: [run] };
}

/** A pack with one more pattern, or with another one under an id it has. Costs little, however large the pack. */
export function withPattern(held: HeldPack, definition: PatternDefinition, lives: Lives): HeldPack {
  const run = runOf([definition], { name: held.name, version: PART, hash: '' }, lives);
  const runs = compact([...held.runs.map((earlier) => withoutIds(earlier, [definition.id])), run], held.name);
  return grown(held, runs);
}

/** A pack without patterns, for {@link withPattern}. */
export function emptyPack(name: string, origin: PackOrigin): HeldPack {
  return grown({ name, version: PART, origin, hash: () => '', runs: [] }, []);
}

function runOf(patterns: readonly PatternDefinition[], meta: PackMeta, lives: Lives): Run {
  const compiled = patterns.map((pattern) => compilePattern(pattern, lives.of(pattern)));
  const segment = openSegment(buildImage(patterns, meta), { isChecked: true, compiled, lives });
  return { segment, hidden: undefined };
}

/** Joins the last two runs as long as the last is as large, so that each pattern is indexed log2(n) times at most. */
function compact(runs: readonly Run[], name: string): readonly Run[] {
  const [before, last] = runs.slice(-2);
  if (!before || !last || sizeOf(before) > sizeOf(last)) return runs;
  const patterns = [...livingPatterns([before, last])];
  const image = buildImage(patterns, { name, version: PART, hash: '' });
  const segment = openSegment(image, { isChecked: true, lives: joinLives([before, last]) });
  return compact([...runs.slice(0, -2), { segment, hidden: undefined }], name);
}

/** A pattern that moves into another segment dies when it would have died in its own. */
function joinLives(runs: readonly Run[]): Lives {
  const ends = new Map<string, number>();
  for (const run of runs) {
    for (const pattern of livingPatterns([run])) {
      const end = run.segment.lives.of(pattern);
      if (end !== Infinity) ends.set(pattern.id, end);
    }
  }
  return keepLives(ends, Math.max(...runs.map(({ segment }) => segment.lives.ahead)));
}

function sizeOf({ segment, hidden }: Run): number {
  return segment.size - countNumbers(hidden);
}

/** A pack that grows has its number of patterns as version, and the hash of them in the order of their ids. */
function grown({ name, origin }: HeldPack, runs: readonly Run[]): HeldPack {
  const version = String(runs.reduce((sum, run) => sum + sizeOf(run), 0));
  let known: string | undefined;
  const hash = (): string => {
    const patterns = [...livingPatterns(runs)].sort((a, b) => (a.id < b.id ? -1 : 1));
    return hashPack({ name, version, patterns });
  };
  return { name, version, origin, runs, hash: () => (known ??= hash()) };
}
