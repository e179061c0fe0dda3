import { invalidSetting } from './errors.js';

/** Readers of settings. Each takes a value from code or a text from the environment, and throws `ARC_CONFIG_INVALID`. */

/** One of these words. */
export function oneOf<T extends string>(accepted: readonly T[]) {
  return (value: unknown, field: string): T => {
    const found = accepted.find((item) => item === value);
    if (!found) throw invalidSetting(field, `one of ${accepted.join(', ')}`, value);
    return found;
  };
}

/** A number in a range, both ends included. */
export function numberIn(min: number, max: number) {
  return (value: unknown, field: string): number => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !(number >= min && number <= max)) {
      throw invalidSetting(field, `a number from ${min} to ${max}`, value);
    }
    return number;
  };
}

/** true or false, also as 1 or 0. */
export function boolean(value: unknown, field: string): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw invalidSetting(field, 'true or false', value);
}

/** Any text; nothing when empty. */
export function text(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalidSetting(field, 'a text', value);
  return value.trim();
}

/** A list, or a text with commas. */
export function list(value: unknown, field: string): readonly string[] {
  const items: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(items) || !items.every((item): item is string => typeof item === 'string')) {
    throw invalidSetting(field, 'a list of file paths', value);
  }
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** A URL of a control channel, or none. */
export function controlUrl(value: unknown, field: string): string {
  if (value === 'none') return 'none';
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol)) {
    throw invalidSetting(field, 'a ws, wss, http or https URL, or none', value);
  }
  return url.href;
}
