import { GEN_AI_MODALITY } from '../../contract/names.js';
import type { ResponseFacts } from './adapter.js';
import { integer } from './shape.js';

/** The modalities the conventions have names for. */
export type Modality = keyof typeof GEN_AI_MODALITY;
/** Which sum the tokens are part of. */
export type TokenKind = keyof (typeof GEN_AI_MODALITY)[Modality];

/** The modality a provider means, whatever its case; undefined for those the conventions have no name for. */
export function modalityOf(name: unknown): Modality | undefined {
  const wanted = typeof name === 'string' ? name.toLowerCase() : '';
  return Object.hasOwn(GEN_AI_MODALITY, wanted) ? (wanted as Modality) : undefined; // just found to be one
}

/** Notes the tokens of one modality; told only where there were any. */
export function noteModality(
  facts: ResponseFacts,
  modality: Modality,
  kind: TokenKind,
  tokens: unknown,
): void {
  const count = integer(tokens);
  if (count) (facts.extra ??= {})[GEN_AI_MODALITY[modality][kind]] = count;
}
