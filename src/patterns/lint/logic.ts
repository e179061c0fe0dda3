import { show } from '../../contract/errors.js';
import type { Match, Operators } from '../../contract/pattern.js';
import { equalsJson } from '../json-equal.js';
import { isQuantifier } from '../language.js';
import { isRecord } from '../own.js';
import type { DocumentPath } from '../report.js';
import {
  conjunctionOf,
  fieldKey,
  operatorsOf,
  quantified,
  type Conjunction,
  type FieldTest,
  type Level,
  type PlacedMatch,
} from './conjunction.js';
import { type Domain, isReference, valueTest } from './domain.js';
import { kindsOf } from './kinds.js';
import { isPlain } from './plain-match.js';
import { rangeImplies, isOutside } from './range.js';

/** Why matches can never hold together, and where the last condition stands that makes it so. */
export interface Contradiction {
  readonly path: DocumentPath;
  readonly reason: string;
}

/** Alternatives inside alternatives multiply; what is not shown within this many steps is not shown. */
const MAX_STEPS = 2_000;
let stepsLeft = 0;

/**
 * Why a match can never hold, or undefined when that cannot be shown. Only what follows from the conditions themselves is
 * decided: a value, a type, bounds, lengths, presence, and what `any`, `not` and quantifiers make of those.
 */
export function contradictionOf(match: Match): Contradiction | undefined {
  if (isPlain(match)) return undefined;
  stepsLeft = MAX_STEPS;
  return contradiction([{ match, path: [] }], 'request');
}

/** Whether a request that has the first shape always has the second; false when that cannot be shown. */
export function implies(first: Conjunction, second: Match): boolean {
  stepsLeft = MAX_STEPS;
  return impliesMatch(first, second);
}

/**
 * Whether two matches are free of contradictions together. Unlike the others this errs on the side of yes where an operator
 * is not understood, and says no when it had to give up.
 */
export function areCompatible(first: Match, second: Match): boolean {
  stepsLeft = MAX_STEPS;
  const matches = [first, second].map((match) => ({ match, path: [] }));
  return contradiction(matches, 'request') === undefined && stepsLeft >= 0;
}

function contradiction(matches: readonly PlacedMatch[], level: Level): Contradiction | undefined {
  stepsLeft -= 1;
  if (stepsLeft < 0) return undefined;
  const all = conjunctionOf(matches, level);
  return inFields(all) ?? inAlternatives(all) ?? inNegations(all);
}

function inFields({ domains, tests }: Conjunction): Contradiction | undefined {
  for (const [field, domain] of domains) {
    const list = tests.get(field) ?? [];
    const last = list.at(-1)?.path ?? [];
    if (domain.fault !== undefined) return { path: last, reason: withConditions(domain.fault, list) };
    const within = inItems(list);
    if (within) return within;
    if (domain.isPresent && hasAbsentParent(field, domains))
      return { path: last, reason: 'what it is a part of would have to be absent' };
  }
  return undefined;
}

function withConditions(fault: string, tests: readonly FieldTest[]): string {
  return `${fault}; received ${tests.map(({ condition }) => show(condition)).join(' and ')}`;
}

/** An item that `any` asks for must also pass `every`, and not be one of those `none` excludes. */
function inItems(tests: readonly FieldTest[]): Contradiction | undefined {
  const every = quantified(tests, 'every');
  for (const wanted of quantified(tests, 'any')) {
    const within = contradiction([wanted, ...every], 'item');
    if (within) return within;
    const item = conjunctionOf([wanted, ...every], 'item');
    const excluded = quantified(tests, 'none').find(({ match }) => impliesMatch(item, match));
    if (excluded) return { path: excluded.path, reason: 'it excludes every item that "any" asks for' };
  }
  return undefined;
}

function hasAbsentParent(field: string, domains: ReadonlyMap<string, Domain>): boolean {
  const segments = field.split('.');
  return segments.some((_, count) => count > 0 && domains.get(segments.slice(0, count).join('.'))?.isAbsent);
}

function inAlternatives({ alternatives, plain, level }: Conjunction): Contradiction | undefined {
  for (const branches of alternatives) {
    const [first, ...others] = branches.map((branch) => contradiction([...plain, branch], level));
    if (first === undefined || others.includes(undefined)) continue;
    const path = branches[0]?.path.slice(0, -1) ?? [];
    return {
      path,
      reason: branches.length === 1 ? first.reason : `none of its branches can hold: ${first.reason}`,
    };
  }
  return undefined;
}

function inNegations(all: Conjunction): Contradiction | undefined {
  const excluded = all.negations.find(({ match }) => impliesMatch(all, match));
  return excluded && { path: excluded.path, reason: 'it excludes everything the other conditions ask for' };
}

function impliesMatch(all: Conjunction, match: Match): boolean {
  stepsLeft -= 1;
  if (stepsLeft < 0) return false;
  const members = Object.entries(match);
  if (members.every(([key, value]) => value === undefined || impliesMember(all, key, value))) return true;
  const { alternatives, plain, level } = all;
  return alternatives.some((branches) =>
    branches.every((branch) => impliesMatch(conjunctionOf([...plain, branch], level), match)),
  );
}

function impliesMember(all: Conjunction, key: string, value: Exclude<Match[string], undefined>): boolean {
  // Checked at load: the three keys fix the type of their value.
  if (key === 'all') return (value as readonly Match[]).every((match) => impliesMatch(all, match));
  if (key === 'any') return (value as readonly Match[]).some((match) => impliesMatch(all, match));
  if (key === 'not') {
    const match = value as Match;
    return contradiction([...all.plain, { match, path: [] }], all.level) !== undefined;
  }
  const field = fieldKey(key, all.level);
  const known = all.domains.get(field);
  return known !== undefined && impliesCondition(all, known, field, operatorsOf(value));
}

function impliesCondition(all: Conjunction, known: Domain, field: string, condition: Operators): boolean {
  return Object.entries(condition).every(
    ([op, argument]) =>
      known.conditions.some((own) => isSame(own, op, argument)) ||
      impliesOperator(known, op, argument) ||
      impliesItems(all.tests.get(field) ?? [], op, argument),
  );
}

function isSame(own: Operators, op: string, argument: unknown): boolean {
  const present = Object.entries(own).find(([name]) => name === op);
  // Arguments are JSON, checked at load.
  return present !== undefined && equalsJson(present[1], argument as Parameters<typeof equalsJson>[1]);
}

function impliesOperator(known: Domain, op: string, argument: unknown): boolean {
  if (isReference(argument) || isQuantifier(op)) return false;
  if (known.isAbsent) return valueTest({ [op]: argument })?.(undefined) === true;
  if (!known.isPresent) return false;
  if (known.values !== undefined) {
    const test = valueTest({ [op]: argument });
    return known.values.every((value) => test?.(value) === true);
  }
  if (op === 'exists') return argument === true;
  if (op === 'type') return impliesType(known, argument);
  if (op === '!=') return !mayEqual(known, argument);
  if (op === 'not_in') return Array.isArray(argument) && !argument.some((value) => mayEqual(known, value));
  if (op === 'length') return impliesLength(known, argument);
  if (op === 'starts_with' || op === 'contains') return impliesPart(known, op, argument);
  return known.kinds.every((kind) => kind === 'number') && typeof argument === 'number'
    ? rangeImplies(known.range, op, argument)
    : false;
}

function impliesType({ kinds, isWhole }: Domain, argument: unknown): boolean {
  const names: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  return kinds.every(
    (kind) => names.includes(kind) || (kind === 'number' && isWhole && names.includes('integer')),
  );
}

/** Whether a value that is left may be this one. */
function mayEqual({ kinds, range, conditions }: Domain, value: unknown): boolean {
  if (!kindsOf('=', value).every((kind) => kinds.includes(kind))) return false;
  if (typeof value === 'number' && isOutside(range, value)) return false;
  return conditions.every((condition) => valueTest(condition)?.(value) ?? true);
}

function impliesLength({ length }: Domain, argument: unknown): boolean {
  const bounds = isRecord(argument) ? Object.entries(argument) : [['=', argument] as const];
  return bounds.every(([op, bound]) => typeof bound === 'number' && rangeImplies(length, op, bound));
}

function impliesPart({ conditions }: Domain, op: 'starts_with' | 'contains', part: unknown): boolean {
  if (typeof part !== 'string') return false;
  return conditions.some(({ starts_with: start, contains }) => {
    if (op === 'starts_with') return start?.startsWith(part);
    // A list of texts may hold the longer one without holding the shorter.
    return (
      start?.includes(part) ||
      (start !== undefined && typeof contains === 'string' && contains.includes(part))
    );
  });
}

function impliesItems(tests: readonly FieldTest[], op: string, argument: unknown): boolean {
  if (!isQuantifier(op)) return false;
  const match = argument as Match; // checked at load
  const every = quantified(tests, 'every');
  if (op === 'none') {
    const shape = conjunctionOf([{ match, path: [] }, ...every], 'item');
    return quantified(tests, 'none').some((none) => impliesMatch(shape, none.match));
  }
  const shapes = op === 'any' ? quantified(tests, 'any').map((any) => [any, ...every]) : [every];
  return shapes.some((shape) => shape.length > 0 && impliesMatch(conjunctionOf(shape, 'item'), match));
}
