import { isDeepStrictEqual } from 'node:util';
import type { Match } from '../../src/contract/pattern.js';

/** What a match is put to: parameters, or an item of a list. */
interface Subject {
  readonly value: unknown;
  readonly isItem: boolean;
  /** The request, which `{ field: ... }` names a field of. */
  readonly request: unknown;
}

/**
 * Whether parameters have a shape, written down as the reference says it and with nothing in common with the compiler: the
 * oracle of the property tests. Knows parameters and `item` only, and none of the text operators that need a library.
 */
export function naiveMatch(match: Match, request: unknown): boolean {
  return holds(match, { value: request, isItem: false, request });
}

function holds(match: Match, subject: Subject): boolean {
  return Object.entries(match).every(([key, argument]) => {
    if (key === 'all') return (argument as readonly Match[]).every((nested) => holds(nested, subject));
    if (key === 'any') return (argument as readonly Match[]).some((nested) => holds(nested, subject));
    if (key === 'not') return !holds(argument as Match, subject);
    const path = key.split('.');
    const isPrefixed = path[0] === (subject.isItem ? 'item' : 'params');
    const value = (isPrefixed ? path.slice(1) : path).reduce(step, subject.value);
    const isObject = typeof argument === 'object' && argument !== null;
    const tests = isObject ? Object.entries(argument) : [['=', argument] as const];
    return tests.every(([op, wanted]) => passes(value, op, wanted, { ...subject, value: path.at(-1) }));
  });
}

function step(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.keys(value).includes(key) ? (value as Record<string, unknown>)[key] : undefined;
}

function passes(value: unknown, op: string, wanted: unknown, { value: name, request }: Subject): boolean {
  if (op === '!=') return !isDeepStrictEqual(value, wanted);
  if (op === 'not_in') return !(wanted as unknown[]).some((item) => isDeepStrictEqual(value, item));
  if (op === 'exists') return (value === undefined) !== wanted;
  if (value === undefined) return false;
  if (op === '=') return isDeepStrictEqual(value, wanted);
  if (op === 'in') return (wanted as unknown[]).some((item) => isDeepStrictEqual(value, item));
  if (op === 'type') return [wanted].flat().some((type) => typesOf(value).includes(String(type)));
  if (op === 'starts_with') return typeof value === 'string' && value.startsWith(String(wanted));
  if (op === 'contains') return contains(value, wanted);
  if (op === 'length') return hasLength(value, wanted);
  if (['any', 'every', 'none'].includes(op)) {
    const items = Array.isArray(value) ? (value as unknown[]) : partsOf(value, name);
    const fits = (item: unknown) => holds(wanted as Match, { value: item, isItem: true, request });
    if (items === undefined) return false;
    if (op === 'any') return items.some(fits);
    return op === 'every' ? items.every(fits) : !items.some(fits);
  }
  return compares(value, op, wanted, request);
}

function partsOf(value: unknown, name: unknown): unknown[] | undefined {
  return typeof value === 'string' && name === 'content' ? [{ type: 'text', text: value }] : undefined;
}

function compares(value: unknown, op: string, wanted: unknown, request: unknown): boolean {
  const reference = step(wanted, 'field');
  const other = reference === undefined ? wanted : String(reference).split('.').reduce(step, request);
  if (typeof value !== 'number' || typeof other !== 'number') return false;
  if (op === '>') return value > other;
  if (op === '>=') return value >= other;
  return op === '<' ? value < other : value <= other;
}

function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => isDeepStrictEqual(item, part));
  return typeof value === 'string' && typeof part === 'string' && value.includes(part);
}

function hasLength(value: unknown, wanted: unknown): boolean {
  if (typeof value !== 'string' && !Array.isArray(value)) return false;
  const bounds = typeof wanted === 'number' ? { '=': wanted } : (wanted as Record<string, number>);
  return Object.entries(bounds).every(([op, bound]) => {
    if (op === '=') return value.length === bound;
    if (op === '!=') return value.length !== bound;
    return compares(value.length, op, bound, undefined);
  });
}

function typesOf(value: unknown): readonly string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['number', 'integer'] : ['number'];
  return [typeof value];
}
