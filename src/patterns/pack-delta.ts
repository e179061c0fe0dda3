import type { PatternDefinition } from '../contract/pattern.js';
import { compilePattern } from './compile.js';
import { buildImage } from './image/build-image.js';
import type { SegmentImage } from './image/layout.js';
import { hashDelta } from './pack-hash.js';

/** What turns one version of a pack into the next. */
export interface PackDelta {
  /** Name of the pack. */
  readonly name: string;
  /** Hash of the version it is made for. */
  readonly base: string;
  /** The version it makes. */
  readonly version: string;
  /** New patterns, and those that replace the one of the same id whatever its version. */
  readonly add: readonly PatternDefinition[];
  /** Ids of patterns that go. */
  readonly remove: readonly string[];
}

/** A delta whose patterns were checked and indexed. */
export interface CompiledDelta extends Omit<PackDelta, 'add'> {
  /** Hash of the pack it makes. */
  readonly hash: string;
  /** The patterns it adds. */
  readonly added: SegmentImage;
}

/**
 * Compiles and indexes what a delta adds.
 * @throws {ArcError} `ARC_PACK_INVALID` when a pattern does not compile.
 */
export function compileDelta(delta: PackDelta): CompiledDelta {
  const { add, ...rest } = delta;
  const hash = hashDelta(delta);
  for (const pattern of add) compilePattern(pattern);
  return { ...rest, hash, added: buildImage(add, { name: delta.name, version: delta.version, hash }) };
}
