import { ANYTHING, type Literals } from './literal-sets.js';
import { readEscape } from './expression-escape.js';

/** Classes of more characters tell nothing. */
const MAX_MEMBERS = 8;

/** A class of characters in brackets. */
export interface CharacterClass {
  readonly literals: Literals;
  /** Position behind the closing bracket. */
  readonly end: number;
}

/**
 * Reads a class.
 * @param at - position behind the opening bracket.
 * @returns undefined when it holds something unknown.
 */
export function readClass(units: readonly string[], at: number): CharacterClass | undefined {
  const isNegated = units[at] === '^';
  const first = isNegated ? at + 1 : at;
  const members = new Set<string>();
  let isFew = !isNegated;
  let index = first;
  while (index < units.length && (units[index] !== ']' || index === first)) {
    if (units[index] === '[' && units[index + 1] === ':') return undefined;
    const from = readMember(units, index);
    if (from === undefined) return undefined;
    index = from.end;
    let to = from;
    if (units[index] === '-' && units[index + 1] !== ']' && from.character !== undefined) {
      const upper = readMember(units, index + 1);
      if (upper?.character === undefined) return undefined;
      to = upper;
      index = upper.end;
    }
    isFew &&= addRange(members, from.character, to.character);
  }
  if (units[index] !== ']') return undefined;
  return { literals: isFew && members.size > 0 ? { exact: [...members] } : ANYTHING, end: index + 1 };
}

interface Member {
  /** Undefined for a class such as `\d`. */
  readonly character: string | undefined;
  readonly end: number;
}

function readMember(units: readonly string[], at: number): Member | undefined {
  if (units[at] !== '\\') return { character: units[at], end: at + 1 };
  const escape = readEscape(units, at + 1);
  if (escape === undefined || escape.kind === 'anchor') return undefined;
  return { character: escape.kind === 'character' ? escape.character : undefined, end: escape.end };
}

/** @returns false when the members are too many or not known one by one. */
function addRange(members: Set<string>, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  const [low, high] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  if (high - low >= MAX_MEMBERS) return false;
  for (let point = low; point <= high; point += 1) members.add(String.fromCodePoint(point));
  return members.size <= MAX_MEMBERS;
}
