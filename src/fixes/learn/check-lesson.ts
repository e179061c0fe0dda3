import type { PatternDefinition } from '../../contract/pattern.js';
import { checkPattern } from '../../patterns/check-pattern.js';
import { compilePattern } from '../../patterns/compile.js';
import { own } from '../../patterns/own.js';

/** What the ids of learned patterns begin with. */
export const LEARNED_ID = 'learned.';

/** Longest pattern that is taken from elsewhere, in characters of its JSON; Arc's own have less than a tenth of it. */
const MAX_LENGTH = 16_384;

/**
 * Checks what another thread, another copy of Arc or a span says was learned, like any pattern from outside, and that it is
 * of the kind that is learned: for one provider and one API.
 * @returns undefined for anything else. Never throws.
 */
export function checkLesson(raw: unknown): PatternDefinition | undefined {
  try {
    if (JSON.stringify(raw).length > MAX_LENGTH) return undefined;
    const pattern = checked(raw);
    if (pattern === undefined || !pattern.id.startsWith(LEARNED_ID)) return undefined;
    if (typeof own(pattern.match, 'provider') !== 'string' || typeof own(pattern.match, 'api') !== 'string')
      return undefined;
    compilePattern(pattern);
    return pattern;
  } catch {
    return undefined;
  }
}

/** A pattern in its normal form; undefined when anything is wrong with it. */
export function checked(raw: unknown): PatternDefinition | undefined {
  let faults = 0;
  const pattern = checkPattern(raw, [], () => {
    faults += 1;
  });
  return faults === 0 ? pattern : undefined;
}
