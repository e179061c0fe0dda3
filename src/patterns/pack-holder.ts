import type { PackDefinition, PackInfo, PackOrigin, PatternDefinition } from '../contract/pattern.js';
import { type CompiledPattern, compilePattern } from './compile.js';
import { type Matcher, createMatcher } from './match.js';
import { hashPack } from './pack-hash.js';

/** A pattern id that stands in several packs, and which pack's pattern runs. */
export interface PackConflict {
  readonly id: string;
  /** Names of all packs that hold the id, in the order they were put. */
  readonly packs: readonly string[];
  readonly winner: string;
}

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
  /** Takes a pack out. @returns false when no pack has that name. */
  remove(name: string): boolean;
  /** The pattern that runs under an id. */
  find(id: string): PatternDefinition | undefined;
  /** The patterns that run, one per id. */
  definitions(): readonly PatternDefinition[];
  /** Ids that several packs claim. The highest version runs; among equals the pack put last. */
  conflicts(): readonly PackConflict[];
}

interface Held {
  readonly info: PackInfo;
  readonly patterns: readonly CompiledPattern[];
}

interface Merged {
  readonly matcher: Matcher;
  readonly running: ReadonlyMap<string, PatternDefinition>;
  readonly conflicts: readonly PackConflict[];
}

/** An empty holder. */
export function createPackHolder(): PackHolder {
  let held: ReadonlyMap<string, Held> = new Map();
  let merged = merge(held);
  let generation = 0;
  function swap(next: ReadonlyMap<string, Held>): void {
    merged = merge(next);
    held = next;
    generation += 1;
  }
  return {
    matcher: () => merged.matcher,
    generation: () => generation,
    packs: () => [...held.values()].map(({ info }) => info),
    put(pack, origin) {
      const entry = hold(pack, origin);
      const next = new Map(held);
      next.delete(pack.name); // a Map keeps the place of a key it holds, and the pack put last must stand last
      swap(next.set(pack.name, entry));
      return entry.info;
    },
    remove(name) {
      const next = new Map(held);
      if (!next.delete(name)) return false;
      swap(next);
      return true;
    },
    find: (id) => merged.running.get(id),
    definitions: () => [...merged.running.values()],
    conflicts: () => merged.conflicts,
  };
}

function hold(pack: PackDefinition, origin: PackOrigin): Held {
  const { name, version } = pack;
  const patterns = pack.patterns.map(compilePattern);
  return { patterns, info: { name, version, hash: hashPack(pack), patterns: patterns.length, origin } };
}

function merge(held: ReadonlyMap<string, Held>): Merged {
  const best = new Map<string, { readonly pattern: CompiledPattern; readonly pack: string }>();
  const claims = new Map<string, string[]>();
  for (const [pack, { patterns }] of held) {
    for (const pattern of patterns) {
      const { id, version } = pattern.definition;
      const present = best.get(id);
      if (present === undefined || version >= present.pattern.definition.version)
        best.set(id, { pattern, pack });
      const packs = claims.get(id);
      if (packs === undefined) claims.set(id, [pack]);
      else packs.push(pack);
    }
  }
  return {
    matcher: createMatcher([...best.values()].map(({ pattern }) => pattern)),
    running: new Map([...best].map(([id, { pattern }]) => [id, pattern.definition])),
    conflicts: [...claims]
      .filter(([, packs]) => packs.length > 1)
      .map(([id, packs]) => ({ id, packs, winner: best.get(id)?.pack ?? '' })),
  };
}
