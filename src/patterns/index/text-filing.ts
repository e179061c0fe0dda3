import { exactText } from '../fingerprint.js';
import { seedOf } from './index-plan.js';
import type { KeyCollector } from './key-table.js';
import type { PhraseCollector } from './phrase-collector.js';
import type { SimilarCollector } from './similar-collector.js';
import { bandKindOf } from './sketch-bands.js';
import { COMPARED_BYTES, strideOf } from './strides.js';
import { createTextParts } from './text-parts.js';
import { fingerprintText, signText } from './text-signature.js';
import { hash } from './value-hash.js';

/** Where texts are filed. */
export interface TextTarget {
  readonly keys: KeyCollector;
  /** Signatures of exact texts; whose they are does not matter. */
  readonly signatures: KeyCollector;
  readonly phrases: PhraseCollector;
  readonly similar: SimilarCollector;
}

/** A text that patterns name, and the field it is looked for in. */
export interface FiledText {
  readonly field: number;
  readonly text: string;
}

const encoder = new TextEncoder();
const parts = createTextParts();

/** Files a pattern under a whole text. */
export function fileExact(
  { keys, signatures }: TextTarget,
  { field, text }: FiledText,
  number: number,
): void {
  const normal = exactText(text);
  parts.add(normal);
  if (signText(parts, seedOf('signature', field))) signatures.add(hash.low, hash.high, number);
  parts.clear();
  fingerprintText(normal, seedOf('exact', field));
  keys.add(hash.low, hash.high, number);
}

/** Files a pattern under a text like the one it wants. @returns the kind of bands a look-up needs. */
export function fileSimilar(
  { similar }: TextTarget,
  { field, text }: FiledText,
  threshold: number,
  number: number,
): number {
  parts.add(text);
  similar.add(parts, threshold, seedOf('similar', field), number);
  parts.clear();
  return bandKindOf(threshold).bit;
}

/** False when there are too many phrases, and for half a character, which has no bytes of its own. */
export function canFilePhrase({ phrases }: TextTarget, text: string): boolean {
  return text !== '' && text.isWellFormed() && !phrases.isFull;
}

/**
 * Files a pattern under a part of a text.
 * @param atStart - whether texts begin with it.
 * @returns the stride under which it is found.
 */
export function filePhrase(
  { phrases }: TextTarget,
  { field, text }: FiledText,
  atStart: boolean,
  number: number,
): number {
  const bytes = encoder.encode(text);
  // Of long beginnings only the first bytes would be compared; as phrases they are told apart by what is rare in them.
  const stride = strideOf(bytes.length, atStart && bytes.length <= COMPARED_BYTES);
  phrases.add(bytes, stride, seedOf('gram', field, stride), number);
  return stride;
}
