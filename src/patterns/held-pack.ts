import { ArcError } from '../contract/errors.js';
import type { PackDefinition, PackInfo, PackOrigin, PatternDefinition } from '../contract/pattern.js';
import { compilePattern } from './compile.js';
import { keepLives, type Lives } from './deadline.js';
import { buildImage } from './image/build-image.js';
import type { SegmentImage } from './image/layout.js';
import { readMeta, type PackMeta } from './image/pack-meta.js';
import { addNumber, countNumbers, createNumberSet, hasNumber } from './index/number-set.js';
import type { Trust } from './image/pattern-reader.js';
import { openSegment, type Segment } from './index/segment.js';
import type { Run } from './match.js';
import { hashPack } from './pack-hash.js';
import type { CompiledDelta } from './pack-delta.js';

/** A pack as a process holds it: segments of which a later one replaces patterns of those before. Never changes. */
export interface HeldPack {
  readonly name: string;
  readonly version: string;
  readonly origin: PackOrigin;
  /** Computed when it is first asked for: a pack that grows pattern by pattern is asked rarely. */
  readonly hash: () => string;
  readonly runs: readonly Run[];
  /** The pack before it was patched. */
  readonly base?: HeldPack;
}

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

/**
 * Takes an image as it is.
 * @throws {ArcError} `ARC_PACK_INVALID` when what it says of itself is damaged.
 */
export function holdImage(image: SegmentImage, origin: PackOrigin, trust: Trust): HeldPack {
  const { name, version, hash } = readMeta(image);
  const segment = openSegment(image, trust);
  return { name, version, origin, hash: () => hash, runs: [{ segment, hidden: undefined }] };
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

/**
 * The next version of a pack. What stays is not touched.
 * @throws {ArcError} `ARC_PACK_INVALID` when it is made for another version, naming both.
 */
export function patched(held: HeldPack, delta: CompiledDelta, trust: Trust): HeldPack {
  const base = held.hash() === delta.base ? held : held.base;
  if (base?.hash() !== delta.base) throw wrongBase(delta, held.hash());
  const { name, version, hash, remove, added } = delta;
  const segment = openSegment(added, trust);
  const replaced = Array.from({ length: segment.size }, (_, number) => segment.idOf(number));
  const runs = base.runs.map((earlier) => withoutIds(earlier, [...remove, ...replaced]));
  return {
    name,
    version,
    origin: held.origin,
    hash: () => hash,
    runs: [...runs, { segment, hidden: undefined }],
    base,
  };
}

/** The error for a delta that is made for another version than the one that is there. */
export function wrongBase(
  delta: Pick<CompiledDelta, 'name' | 'base' | 'version'>,
  present: string | undefined,
): ArcError {
  const there = present === undefined ? 'no pack of that name is here' : `the pack here is ${present}`;
  const message = `${delta.name} ${delta.version}: it changes ${delta.base}, and ${there}; load that version first, or the whole pack`;
  return new ArcError('ARC_PACK_INVALID', message);
}

/** What a process says of a pack it holds. Patterns that are not for this place count too. */
export function infoOf({ name, version, origin, hash, runs }: HeldPack): PackInfo {
  const patterns = runs.reduce((sum, { segment, hidden }) => sum + segment.size - countNumbers(hidden), 0);
  return { name, version, hash: hash(), patterns, origin };
}

/** The patterns of runs that count. */
export function* livingPatterns(runs: readonly Run[]): Generator<PatternDefinition> {
  for (const { segment, hidden } of runs) {
    for (let number = 0; number < segment.size; number += 1) {
      if (!hasNumber(hidden, number)) yield segment.definition(number);
    }
  }
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

function withoutIds(run: Run, ids: readonly string[]): Run {
  const { segment } = run;
  let hidden = run.hidden;
  for (const id of ids) {
    const number = segment.numberOf(id);
    if (number < 0 || hasNumber(hidden, number)) continue;
    if (hidden === run.hidden) hidden = copyOf(segment, hidden);
    addNumber(hidden ?? createNumberSet(segment.size), number);
  }
  return hidden === run.hidden ? run : { segment, hidden };
}

function copyOf(segment: Segment, set: Run['hidden']): NonNullable<Run['hidden']> {
  return set ? Int32Array.from(set) : createNumberSet(segment.size);
}
