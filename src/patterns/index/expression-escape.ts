/** What stands behind a backslash. */
export type Escape =
  | { readonly kind: 'character'; readonly character: string; readonly end: number }
  /** A class of characters, such as `\d`. */
  | { readonly kind: 'class'; readonly end: number }
  /** A place; `isStart` for the beginning of the text. */
  | { readonly kind: 'anchor'; readonly isStart: boolean; readonly end: number };

const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * Reads an escape of RE2's syntax.
 * @param at - position behind the backslash.
 * @returns undefined for one that is not known here.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function readEscape(units: readonly string[], at: number): Escape | undefined {
  const unit = units[at] ?? '';
  const end = at + 1;
  if (/^[dDsSwW]$/.test(unit)) return { kind: 'class', end };
  if (unit === 'p' || unit === 'P') return readProperty(units, end);
  if (/^[AbBz]$/.test(unit)) return { kind: 'anchor', isStart: unit === 'A', end };
  const control = Object.hasOwn(CONTROLS, unit) ? CONTROLS[unit] : undefined;
  if (control !== undefined) return { kind: 'character', character: control, end };
  if (unit === 'x') return readHex(units, end);
  return /^[!-/:-@[-`{-~]$/.test(unit) ? { kind: 'character', character: unit, end } : undefined;
}

function readProperty(units: readonly string[], at: number): Escape | undefined {
  if (units[at] !== '{') return units[at] === undefined ? undefined : { kind: 'class', end: at + 1 };
  const close = units.indexOf('}', at);
  return close < 0 ? undefined : { kind: 'class', end: close + 1 };
}

function readHex(units: readonly string[], at: number): Escape | undefined {
  const close = units[at] === '{' ? units.indexOf('}', at) : at + 2;
  const digits = units.slice(units[at] === '{' ? at + 1 : at, close).join('');
  if (!/^[\da-f]{1,6}$/i.test(digits)) return undefined;
  const point = Number.parseInt(digits, 16);
  if (point > 0x10ffff || (units[at] !== '{' && digits.length !== 2)) return undefined;
  return {
    kind: 'character',
    character: String.fromCodePoint(point),
    end: units[at] === '{' ? close + 1 : close,
  };
}
