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
  const reader = createReader([...source]);
  const literals = reader.alternatives({ ignoresCase: false, hasLines: false });
  return literals && reader.isAtEnd() ? literals : ANYTHING;
}

interface Reader {
  /** Reads up to the end or a closing parenthesis; undefined when there is something unknown. */
  alternatives(flags: Flags): Literals | undefined;
  isAtEnd(): boolean;
}

/** A reader of code points. */
function createReader(units: readonly string[]): Reader {
  let at = 0;

  function alternatives(outer: Flags): Literals | undefined {
    let flags = outer;
    const branches: Literals[] = [];
    let items: Literals[] = [];
    for (;;) {
      const unit = units[at];
      if (unit === undefined || unit === ')' || unit === '|') {
        branches.push(concatenate(items));
        items = [];
        if (unit !== '|') return alternate(branches);
        at += 1;
        continue;
      }
      const changed = readFlags(flags);
      if (changed) {
        flags = changed;
        continue;
      }
      const item = readItem(flags);
      if (item === undefined) return undefined;
      items.push(item);
    }
  }

  /** `(?im)` holds to the end of the group it stands in. */
  function readFlags(flags: Flags): Flags | undefined {
    const found = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(units.slice(at, at + 12).join(''));
    if (!found) return undefined;
    at += found[0].length;
    return withFlags(flags, found[1] ?? '', found[2] ?? '');
  }

  function readItem(flags: Flags): Literals | undefined {
    const atom = readAtom(flags);
    const [least, most] = readQuantifier();
    return atom && repeat(atom, least, most);
  }

  function readQuantifier(): readonly [least: number, most: number] {
    const unit = units[at] ?? '';
    const simple = Object.hasOwn(QUANTIFIERS, unit) ? QUANTIFIERS[unit] : undefined;
    const counted = unit === '{' ? /^\{(\d+)(,?)(\d*)\}/.exec(units.slice(at, at + 16).join('')) : null;
    if (!simple && !counted) return [1, 1];
    at += counted ? counted[0].length : 1;
    if (units[at] === '?') at += 1;
    if (simple || !counted) return simple ?? [1, 1];
    const least = Number(counted[1]);
    if (counted[2] === '') return [least, least];
    return [least, counted[3] === '' ? Infinity : Number(counted[3])];
  }

  function readAtom(flags: Flags): Literals | undefined {
    const unit = units[at] ?? '';
    at += 1;
    if (unit === '(') return readGroup(flags);
    if (unit === '[') return readBrackets(flags);
    if (unit === '.') return ANYTHING;
    if (unit === '^') return { ...NOTHING, isAnchored: !flags.hasLines };
    if (unit === '$') return NOTHING;
    if (unit === '\\') return readEscaped(flags);
    return '*+?'.includes(unit) ? undefined : character(unit, flags);
  }

  function readGroup(flags: Flags): Literals | undefined {
    const head = /^\?(?:P?<\w+>|([imsU]*)(?:-([imsU]+))?:)/.exec(units.slice(at, at + 80).join(''));
    if (units[at] === '?' && !head) return undefined;
    at += head ? head[0].length : 0;
    const inner = alternatives(withFlags(flags, head?.[1] ?? '', head?.[2] ?? ''));
    if (units[at] !== ')') return undefined;
    at += 1;
    return inner;
  }

  function readBrackets({ ignoresCase }: Flags): Literals | undefined {
    const found = readClass(units, at);
    if (!found) return undefined;
    at = found.end;
    return ignoresCase ? ANYTHING : found.literals;
  }

  function readEscaped(flags: Flags): Literals | undefined {
    const escape = readEscape(units, at);
    if (!escape) return undefined;
    at = escape.end;
    if (escape.kind === 'class') return ANYTHING;
    return escape.kind === 'anchor'
      ? { ...NOTHING, isAnchored: escape.isStart }
      : character(escape.character, flags);
  }

  return { alternatives, isAtEnd: () => at === units.length };
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
