import { PROCESS_CLOCK, type Clock } from '../contract/clock.js';
import type { PackDefinition, PackInfo, PackOrigin, PatternDefinition } from '../contract/pattern.js';
import { createDeadlines } from './deadline.js';
import { holdImage, infoOf, livingPatterns, patched, wrongBase, type HeldPack } from './held-pack.js';
import type { SegmentImage } from './image/layout.js';
import type { Trust } from './image/pattern-reader.js';
import { outOfPlace } from './image/places.js';
import { hasNumber, type NumberSet } from './index/number-set.js';
import type { Segment } from './index/segment.js';
import { matcherOver, type Matcher } from './match.js';
import { mergePacks, type Merged, type PackConflict } from './merge-packs.js';
import type { CompiledDelta } from './pack-delta.js';
import type { ProcessPlace } from './scope.js';

export type { PackConflict };

/** The packs of a process and the matcher over all their patterns. */
export interface PackHolder {
  /** The matcher in force: one reference read. A change swaps it whole, a call in flight keeps its own. */
  matcher(): Matcher;
  /** Counts up with each change, from 0. */
  generation(): number;
  packs(): readonly PackInfo[];
  /**
   * Adds a pack, or replaces the one of the same name. Everything is compiled first.
   * @throws {ArcError} `ARC_PACK_INVALID`; the running set stays as it was.
   */
  put(pack: PackDefinition, origin: PackOrigin): PackInfo;
  /**
   * The same for a pack that was compiled elsewhere. Nothing is built or copied.
   * @param isChecked - whether the patterns were checked in this process; otherwise each is, when it is first needed.
   * @throws {ArcError} `ARC_PACK_INVALID`; the running set stays as it was.
   */
  putImage(image: SegmentImage, origin: PackOrigin, isChecked?: boolean): PackInfo;
  /**
   * Adds the packs that ship with Arc, all at once. The build has checked their patterns, and that no id stands in two of
   * them.
   * @throws {ArcError} `ARC_PACK_INVALID`; the running set stays as it was.
   */
  putBuiltins(images: readonly SegmentImage[]): readonly PackInfo[];
  /**
   * Adds a pattern to a pack, which is made when there is none, or replaces the pattern of its id there. The cost hardly
   * grows with the pack.
   * @throws {ArcError} `ARC_PACK_INVALID`; the running set stays as it was.
   */
  add(pattern: PatternDefinition, name: string, origin: PackOrigin): void;
  /**
   * Makes the next version of a pack.
   * @throws {ArcError} `ARC_PACK_INVALID` when it is made for another version; the running set stays as it was.
   */
  patch(delta: CompiledDelta): PackInfo;
  /** Puts a pack back that was replaced or removed last, if that has this hash. @returns false when it is gone. */
  restore(name: string, hash: string): boolean;
  /** Takes a pack out. @returns false when no pack has that name. */
  remove(name: string): boolean;
  /** The pattern that runs under an id; none when its scope leaves this process out. */
  find(id: string): PatternDefinition | undefined;
  /** The patterns that run, one per id, read one after the other. */
  definitions(): Iterable<PatternDefinition>;
  /** Ids that several packs claim. The highest version runs; among equals the pack put last. */
  conflicts(): readonly PackConflict[];
}

/** Of a pack that was replaced, images up to this size in all are kept for {@link PackHolder.restore}, in bytes. */
const MAX_KEPT_BYTES = 67_108_864;

/** What a holder knows of its process. */
export interface HolderProcess {
  /** Patterns whose scope leaves this place out do not run. */
  readonly place?: ProcessPlace;
  readonly clock?: Clock;
  /** Told of each pattern of a compiled pack that turns out to be unusable. */
  readonly damaged?: (error: unknown) => void;
}

interface State {
  /** What is not for this process, of each segment. */
  readonly outside: (segment: Segment) => NumberSet | undefined;
  held: ReadonlyMap<string, HeldPack>;
  /** The last good pack before the one that runs, by name. */
  previous: ReadonlyMap<string, HeldPack>;
  merged: Merged;
  matcher: Matcher;
  generation: number;
}

/** An empty holder. */
export function createPackHolder(process: HolderProcess = {}): PackHolder {
  const { place = {}, clock = PROCESS_CLOCK, damaged } = process;
  const state = emptyState(place);
  const deadlines = createDeadlines(clock);
  const trust = (isChecked: boolean): Trust => ({
    isChecked,
    lives: deadlines.load(),
    ...(damaged ? { damaged } : {}),
  });
  return {
    matcher: () => state.matcher,
    generation: () => state.generation,
    packs: () => [...state.held.values()].map(infoOf),
    put: (pack, origin) => replace(state, building().holdPack(pack, origin, deadlines.load())),
    putImage: (image, origin, isChecked = false) =>
      replace(state, holdImage(image, origin, trust(isChecked))),
    putBuiltins: (images) => putBuiltins(state, images, trust(true)),
    add(pattern, name, origin) {
      const { emptyPack, withPattern } = building();
      const held = withPattern(state.held.get(name) ?? emptyPack(name, origin), pattern, deadlines.load());
      swap(state, new Map(state.held).set(name, held));
    },
    patch(delta) {
      const held = state.held.get(delta.name);
      if (!held) throw wrongBase(delta, undefined);
      return replace(state, patched(held, delta, trust(true)));
    },
    restore(name, hash) {
      const previous = state.previous.get(name);
      if (previous?.hash() !== hash) return false;
      replace(state, previous);
      return true;
    },
    remove: (name) => remove(state, name),
    find: (id) => find(state.merged, id),
    definitions: () => livingPatterns(state.merged.runs),
    conflicts: () => state.merged.conflicts(),
  };
}

function putBuiltins(state: State, images: readonly SegmentImage[], trust: Trust): readonly PackInfo[] {
  const packs = images.map((image) => holdImage(image, 'builtin', trust));
  swap(state, new Map([...state.held, ...packs.map((pack) => [pack.name, pack] as const)]));
  return packs.map(infoOf);
}

/** Loaded when the first pack is built here: start-up time belongs to the application. */
function building(): typeof import('./build-pack.js') {
  return require('./build-pack.js') as typeof import('./build-pack.js');
}

function emptyState(place: ProcessPlace): State {
  const merged = mergePacks([]);
  return {
    outside: outsideOf(place),
    held: new Map(),
    previous: new Map(),
    merged,
    matcher: matcherOver(merged.runs),
    generation: 0,
  };
}

/** Found out once for each segment: neither it nor the place of the process ever changes. */
function outsideOf(place: ProcessPlace): (segment: Segment) => NumberSet | undefined {
  const known = new WeakMap<Segment, { readonly numbers: NumberSet | undefined }>();
  return (segment) => {
    const found = known.get(segment) ?? { numbers: outOfPlace(segment.image, place) };
    known.set(segment, found);
    return found.numbers;
  };
}

function replace(state: State, pack: HeldPack): PackInfo {
  const before = state.held.get(pack.name);
  const next = new Map(state.held);
  next.delete(pack.name); // a Map keeps the place of a key it holds, and the pack put last must stand last
  swap(state, next.set(pack.name, pack));
  if (before) state.previous = kept(state.previous, before);
  return infoOf(pack);
}

function remove(state: State, name: string): boolean {
  const next = new Map(state.held);
  const gone = next.get(name);
  if (!gone) return false;
  next.delete(name);
  swap(state, next);
  state.previous = kept(state.previous, gone);
  return true;
}

function swap(state: State, next: ReadonlyMap<string, HeldPack>): void {
  state.merged = mergePacks([...next.values()], state.outside);
  state.matcher = matcherOver(state.merged.runs);
  state.held = next;
  state.generation += 1;
}

/** Only what Core hands down is taken back by hash; files and code hold their own earlier versions. */
function kept(previous: ReadonlyMap<string, HeldPack>, pack: HeldPack): ReadonlyMap<string, HeldPack> {
  const bytes = pack.runs.reduce((sum, { segment }) => sum + segment.image.bytes.byteLength, 0);
  const next = new Map(previous);
  next.delete(pack.name);
  return pack.origin === 'control' && bytes <= MAX_KEPT_BYTES ? next.set(pack.name, pack) : next;
}

function find({ runs }: Merged, id: string): PatternDefinition | undefined {
  for (const { segment, hidden } of runs) {
    const number = segment.numberOf(id);
    if (number >= 0 && !hasNumber(hidden, number)) return segment.definition(number);
  }
  return undefined;
}
