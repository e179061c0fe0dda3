import { isSdkForm, googleField, settingsOf } from './google-request.js';

/** Settings that are whole numbers of 32 bits. */
export const WHOLE_SETTINGS: readonly (readonly string[])[] = [
  ['maxOutputTokens'],
  ['topK'],
  ['candidateCount'],
  ['seed'],
  ['logprobs'],
  ['thinkingConfig', 'thinkingBudget'],
];

/** Settings that are lists. */
export const LISTED_SETTINGS: readonly string[] = ['stopSequences', 'responseModalities'];

const MAX_INT = 2 ** 31 - 1;

/** A setting as a whole number of 32 bits, itself where it is one; undefined where no such number is near. */
export function wholeSetting(name: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return undefined;
  const whole = Math.trunc(value);
  // A seed only has to be the same each time; the other settings end at their limits.
  if (name === 'seed' && Math.abs(whole) > MAX_INT) return Math.abs(whole) % MAX_INT;
  const inside = Math.max(-MAX_INT, Math.min(MAX_INT, whole));
  return inside === value ? value : inside;
}

/** True where a setting of these is none that the API can read. */
export function hasMalformedSetting(params: unknown): boolean {
  const settings = settingsOf(params);
  if (settings === undefined) return false;
  for (const [name = '', inner] of WHOLE_SETTINGS) {
    const value = googleField(settings, name);
    const number = inner === undefined ? value : googleField(value, inner);
    if (typeof number === 'number' && wholeSetting(inner ?? name, number) !== number) return true;
  }
  return (
    !isSdkForm(params) && LISTED_SETTINGS.some((name) => typeof googleField(settings, name) === 'string')
  );
}
