import { isRecord } from '../own.js';
import { nameProblem } from '../pattern-keys.js';
import { refused, type SegmentImage } from './layout.js';

/** What an image says of the pack it holds. */
export interface PackMeta {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the pack's normal form, lower-case hexadecimal; empty for an image that is only a part of a pack. */
  readonly hash: string;
}

/**
 * Reads and checks what an image says of its pack.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function readMeta(image: SegmentImage): PackMeta {
  const raw = parseSection(image, 'meta');
  const { name, version, hash } = isRecord(raw) ? raw : {};
  const problem = nameProblem(name);
  if (problem !== undefined) throw refused('meta', `name ${problem}`);
  if (typeof version !== 'string' || version === '') throw refused('meta', 'version must be a text');
  if (typeof hash !== 'string' || !/^(?:[0-9a-f]{64})?$/.test(hash))
    throw refused('meta', 'hash must be 64 hexadecimal digits');
  return { name: String(name), version, hash };
}

/** Reads a section of JSON. @throws {ArcError} `ARC_PACK_INVALID` when it is none. */
export function parseSection(image: SegmentImage, section: 'meta' | 'plan' | 'places'): unknown {
  try {
    return JSON.parse(Buffer.from(image.section(section)).toString('utf8'));
  } catch (cause) {
    throw refused(section, cause instanceof Error ? cause.message : String(cause));
  }
}
