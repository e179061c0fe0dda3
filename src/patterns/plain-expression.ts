/** An expression that JavaScript's own engine may run in place of RE2, because it cannot take long there. */
export interface PlainExpression {
  readonly regex: RegExp;
  /** Longest text it may be run on, in UTF-16 units. */
  readonly longest: number;
}

/**
 * Ways an engine that backtracks may have to try from one place of a text. A text of any length then takes at most so many
 * times as long as reading it.
 */
const MOST_WAYS = 256;
/** Names of models are short; on these more ways are bearable. */
const SHORT = 64;
const MOST_WAYS_SHORT = 131_072;
/** Largest count of a repetition. RE2 takes 1,000, and several of them multiply. */
const MOST_REPEATS = 64;

/** A part of an expression. */
interface Item {
  readonly source: string;
  readonly ways: Ways;
  /** Whether it is one character, which may be repeated. */
  readonly isUnit: boolean;
}

/** How many ways there are in a text of any length, and in a short one. */
type Ways = readonly [any: number, short: number];

interface Reader {
  readonly units: readonly string[];
  at: number;
}

const ONE: Ways = [1, 1];
/** Letters match in either case. */
const FOLDED = '(?i)';
/** What JavaScript reads in another way where case does not count. */
const READ_OTHERWISE = /\\w|\[\^/;
const SYNTAX = '\\^$.|?*+()[]{}';

/**
 * The same expression for JavaScript, if it consists of what both read alike and has few ways to match: most expressions
 * that name models or texts. RE2 in JavaScript takes many times as long for these and milliseconds to load.
 * @returns undefined for all others.
 * @example plainExpression('^gpt-4o(?:-mini)?$')?.regex.test('gpt-4o-mini') // true
 */
export function plainExpression(source: string): PlainExpression | undefined {
  const isFolded = source.startsWith(FOLDED);
  if (isFolded && READ_OTHERWISE.test(source)) return undefined;
  const reader: Reader = { units: Array.from(isFolded ? source.slice(FOLDED.length) : source), at: 0 };
  const whole = readAlternatives(reader);
  if (!whole || reader.at < reader.units.length) return undefined;
  const [any, short] = whole.ways;
  const longest = any <= MOST_WAYS ? Infinity : short <= MOST_WAYS_SHORT ? SHORT : 0;
  return longest === 0 ? undefined : { regex: new RegExp(whole.source, isFolded ? 'iu' : 'u'), longest };
}

function readAlternatives(reader: Reader): Item | undefined {
  let source = '';
  let [any, short] = [0, 0];
  for (;;) {
    const branch = readBranch(reader);
    if (!branch) return undefined;
    source += branch.source;
    any += branch.ways[0];
    short += branch.ways[1];
    if (reader.units[reader.at] !== '|') return { source, ways: [any, short], isUnit: false };
    reader.at += 1;
    source += '|';
  }
}

function readBranch(reader: Reader): Item | undefined {
  let source = '';
  let [any, short] = ONE;
  for (;;) {
    const unit = reader.units[reader.at];
    if (unit === undefined || unit === '|' || unit === ')')
      return { source, ways: [any, short], isUnit: false };
    const item = readItem(reader);
    if (!item) return undefined;
    source += item.source;
    any *= item.ways[0];
    short *= item.ways[1];
  }
}

function readItem(reader: Reader): Item | undefined {
  const unit = reader.units[reader.at] ?? '';
  if (unit === '^' || unit === '$') {
    reader.at += 1;
    return isQuantifier(reader) ? undefined : { source: unit, ways: ONE, isUnit: false };
  }
  const item = unit === '(' ? readGroup(reader) : readUnit(reader);
  return item && readQuantifier(reader, item);
}

function readGroup(reader: Reader): Item | undefined {
  reader.at += 1;
  if (reader.units[reader.at] === '?') {
    if (reader.units[reader.at + 1] !== ':') return undefined; // flags, names
    reader.at += 2;
  }
  const inner = readAlternatives(reader);
  if (!inner || reader.units[reader.at] !== ')') return undefined;
  reader.at += 1;
  return { ...inner, source: `(?:${inner.source})` };
}

/** Something that matches one character. */
function readUnit(reader: Reader): Item | undefined {
  const unit = reader.units[reader.at] ?? '';
  const source =
    unit === '\\'
      ? readEscape(reader)
      : unit === '['
        ? readClass(reader)
        : unit === '.'
          ? '[^\\n]' // JavaScript's dot leaves out more
          : SYNTAX.includes(unit) || isLoneSurrogate(unit)
            ? undefined
            : unit;
  if (source === undefined) return undefined;
  if (unit !== '[') reader.at += unit === '\\' ? 2 : 1;
  return { source, ways: ONE, isUnit: true };
}

function readEscape({ units, at }: Reader): string | undefined {
  const unit = units[at + 1] ?? '';
  if (unit === 'd' || unit === 'w') return `\\${unit}`;
  if (unit === 's') return '[\\t\\n\\f\\r ]'; // JavaScript's has more
  return unit !== '' && SYNTAX.includes(unit) ? `\\${unit}` : undefined;
}

/** A class of ASCII letters, digits, ranges of them and signs that mean nothing in a class. */
const CLASS = /^\[\^?-?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[\w ./:@,;!=<>"'%~#]|\\[dw.])*-?\]/;

function readClass(reader: Reader): string | undefined {
  const end = reader.units.indexOf(']', reader.at);
  const source = reader.units.slice(reader.at, end + 1).join('');
  if (end < 0 || source === '[]' || source === '[^]' || CLASS.exec(source)?.[0] !== source) return undefined;
  for (const [range = ''] of source.matchAll(/[a-zA-Z0-9]-[a-zA-Z0-9]/g))
    if ((range[0] ?? '') > (range[2] ?? '')) return undefined;
  reader.at = end + 1;
  return source;
}

function readQuantifier(reader: Reader, item: Item): Item | undefined {
  const rest = reader.units.slice(reader.at, reader.at + 12).join('');
  const [quantifier, least, comma, most] = /^(?:[?*+]|\{(\d{1,2})(,?)(\d{0,2})\})/.exec(rest) ?? [];
  if (quantifier === undefined) return rest.startsWith('{') ? undefined : item;
  reader.at += quantifier.length;
  if (isQuantifier(reader)) return undefined; // the reluctant kind, and what RE2 refuses
  const source = item.source + quantifier;
  if (quantifier === '?') {
    const ways: Ways = [item.ways[0] + 1, item.ways[1] + 1];
    return { source, ways, isUnit: false };
  }
  if (!item.isUnit) return undefined;
  if (least === undefined || (comma === ',' && most === '')) {
    // Nothing is tried again where nothing follows.
    const any = reader.at === reader.units.length ? 1 : Infinity;
    const isSane = least === undefined || Number(least) <= MOST_REPEATS;
    return isSane ? { source, ways: [any, SHORT], isUnit: false } : undefined;
  }
  const [low, high] = [Number(least), comma === '' ? Number(least) : Number(most)];
  if (high < low || high > MOST_REPEATS) return undefined;
  const count = high - low + 1;
  return { source, ways: [count, count], isUnit: false };
}

function isQuantifier({ units, at }: Reader): boolean {
  return '?*+{'.includes(units[at] ?? ' ');
}

function isLoneSurrogate(unit: string): boolean {
  return unit.length === 1 && unit >= '\ud800' && unit <= '\udfff';
}
