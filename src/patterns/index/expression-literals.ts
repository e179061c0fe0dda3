import { readClass } from './expression-class.js';
import { readEscape } from './expression-escape.js';
import { alternate, ANYTHING, concatenate, NOTHING, repeat, type Literals } from './literal-sets.js';

interface Flags {
  readonly ignoresCase: boolean;
  /** `^` and `$` match at lines. */
  readonly hasLines: boolean;
}

const QUANTIFIERS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  '*': [0, Infinity],
  '+': [1, Infinity],
  '?': [0, 1],
};

/**
 * What all texts have in common that an expression in RE2 syntax matches: what they begin with, and literals of which each
 * has one. Says nothing of an expression with something that is not known here, which is always safe.
 * @example literalsOf('^(foo|bar)\\d+ end') // { start: ['foo', 'bar'], need: ['foo', 'bar'], isAnchored: true }
 */
export function literalsOf(source: string): Literals {
  const expression: Source = { units: Array.from(source), at: 0 };
  const literals = readAlternatives(expression, { ignoresCase: false, hasLines: false });
  return literals && expression.at === expression.units.length ? literals : ANYTHING;
}

/** An expression and how far it was read, in code points. */
interface Source {
  readonly units: readonly string[];
  at: number;
}

/** Reads up to the end or a closing parenthesis; undefined when there is something unknown. */
function readAlternatives(source: Source, outer: Flags): Literals | undefined {
  let flags = outer;
  const branches: Literals[] = [];
  let items: Literals[] = [];
  for (;;) {
    const unit = source.units[source.at];
    if (unit === undefined || unit === ')' || unit === '|') {
      branches.push(concatenate(items));
      items = [];
      if (unit !== '|') return alternate(branches);
      source.at += 1;
      continue;
    }
    const changed = readFlags(source, flags);
    if (changed) {
      flags = changed;
      continue;
    }
    const item = readItem(source, flags);
    if (item === undefined) return undefined;
    items.push(item);
  }
}

/** The next units, of which an expression of JavaScript reads some. */
function ahead({ units, at }: Source, count: number): string {
  return units.slice(at, at + count).join('');
}

/** `(?im)` holds to the end of the group it stands in. */
function readFlags(source: Source, flags: Flags): Flags | undefined {
  const found = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(ahead(source, 12));
  if (!found) return undefined;
  source.at += found[0].length;
  return withFlags(flags, found[1] ?? '', found[2] ?? '');
}

function readItem(source: Source, flags: Flags): Literals | undefined {
  const atom = readAtom(source, flags);
  const [least, most] = readQuantifier(source);
  return atom && repeat(atom, least, most);
}

function readQuantifier(source: Source): readonly [least: number, most: number] {
  const unit = source.units[source.at] ?? '';
  const simple = Object.hasOwn(QUANTIFIERS, unit) ? QUANTIFIERS[unit] : undefined;
  const counted = unit === '{' ? /^\{(\d+)(,?)(\d*)\}/.exec(ahead(source, 16)) : null;
  if (!simple && !counted) return [1, 1];
  source.at += counted ? counted[0].length : 1;
  if (source.units[source.at] === '?') source.at += 1;
  if (simple || !counted) return simple ?? [1, 1];
  const least = Number(counted[1]);
  if (counted[2] === '') return [least, least];
  return [least, counted[3] === '' ? Infinity : Number(counted[3])];
}

function readAtom(source: Source, flags: Flags): Literals | undefined {
  const unit = source.units[source.at] ?? '';
  source.at += 1;
  if (unit === '(') return readGroup(source, flags);
  if (unit === '[') return readBrackets(source, flags);
  if (unit === '.') return ANYTHING;
  if (unit === '^') return { ...NOTHING, isAnchored: !flags.hasLines };
  if (unit === '$') return NOTHING;
  if (unit === '\\') return readEscaped(source, flags);
  return '*+?'.includes(unit) ? undefined : character(unit, flags);
}

function readGroup(source: Source, flags: Flags): Literals | undefined {
  const head = /^\?(?:P?<\w+>|([imsU]*)(?:-([imsU]+))?:)/.exec(ahead(source, 80));
  if (source.units[source.at] === '?' && !head) return undefined;
  source.at += head ? head[0].length : 0;
  const inner = readAlternatives(source, withFlags(flags, head?.[1] ?? '', head?.[2] ?? ''));
  if (source.units[source.at] !== ')') return undefined;
  source.at += 1;
  return inner;
}

function readBrackets(source: Source, { ignoresCase }: Flags): Literals | undefined {
  const found = readClass(source.units, source.at);
  if (!found) return undefined;
  source.at = found.end;
  return ignoresCase ? ANYTHING : found.literals;
}

function readEscaped(source: Source, flags: Flags): Literals | undefined {
  const escape = readEscape(source.units, source.at);
  if (!escape) return undefined;
  source.at = escape.end;
  if (escape.kind === 'class') return ANYTHING;
  return escape.kind === 'anchor'
    ? { ...NOTHING, isAnchored: escape.isStart }
    : character(escape.character, flags);
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const holds = (flag: string, before: boolean): boolean =>
    (before || on.includes(flag)) && !off.includes(flag);
  return { ignoresCase: holds('i', flags.ignoresCase), hasLines: holds('m', flags.hasLines) };
}

/** Where case does not matter, only signs and digits of ASCII are known to have one form. */
function character(unit: string, { ignoresCase }: Flags): Literals {
  return ignoresCase && !/^[ -@[-`{-~]$/.test(unit) ? ANYTHING : { exact: [unit] };
}
