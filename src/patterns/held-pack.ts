import { ArcError } from '../contract/errors.js';
import type { PackInfo, PackOrigin, PatternDefinition } from '../contract/pattern.js';
import type { SegmentImage } from './image/layout.js';
import { readMeta } from './image/pack-meta.js';
import { addNumber, countNumbers, createNumberSet, hasNumber } from './index/number-set.js';
import type { Trust } from './image/pattern-reader.js';
import { openSegment, type Segment } from './index/segment.js';
import type { Run } from './match.js';
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

/**
 * Takes an image as it is.
 * @throws {ArcError} `ARC_PACK_INVALID` when what it says of itself is damaged.
 */
export function holdImage(image: SegmentImage, origin: PackOrigin, trust: Trust): HeldPack {
  const { name, version, hash } = readMeta(image);
  const segment = openSegment(image, trust);
  return { name, version, origin, hash: () => hash, runs: [{ segment, hidden: undefined }] };
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

/** A run in which patterns of these ids do not count. */
export function withoutIds(run: Run, ids: readonly string[]): Run {
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
