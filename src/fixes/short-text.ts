import { fingerprint } from '../patterns/fingerprint.js';

/** Digits of the fingerprint at the end of a shortened text. */
const DIGITS = 16;

/**
 * A text of at most `limit` characters: itself, or its start and a fingerprint of the whole, so that different texts stay
 * different and the same one is shortened alike wherever it stands.
 * @param limit - a whole number above 17.
 */
export function shortText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const [high, low] = fingerprint(text);
  return `${text.slice(0, limit - DIGITS - 1).toWellFormed()}_${hex(high)}${hex(low)}`;
}

function hex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}
