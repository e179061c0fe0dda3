import type { Operators } from '../../contract/pattern.js';
import type { Json } from '../../contract/request.js';
import { createFacts } from '../facts.js';
import { equalsJson } from '../json-equal.js';
import { isQuantifier } from '../language.js';
import { isRecord } from '../own.js';
import { compileCondition } from '../predicates.js';
import { kindOf, KINDS, kindsOf, type Kind } from './kinds.js';
import { ALL, isEmptyRange, narrow, type Range } from './range.js';

/** What all conditions on one field leave of it together. Wider than the truth where an operator is not understood. */
export interface Domain {
  /** Every condition on the field. */
  readonly conditions: readonly Operators[];
  /** JSON types a value may have. */
  readonly kinds: readonly Kind[];
  readonly isWhole: boolean;
  readonly range: Range;
  readonly length: Range;
  readonly isPresent: boolean;
  readonly isAbsent: boolean;
  /** The only values left, where they can be counted. */
  readonly values: readonly Json[] | undefined;
  /** Why nothing is left at all. */
  readonly fault: string | undefined;
}

/** Most whole numbers between two bounds that are tried one by one. */
const MAX_LISTED = 32;

/** Enough of a request for conditions that look at one value. */
const NO_REQUEST = createFacts({ provider: '', operation: '', api: '', model: undefined, params: {} });

/** @param own - the JSON types the field has of itself. */
export function domainOf(conditions: readonly Operators[], own: readonly Kind[] = KINDS): Domain {
  const tests = conditions.flatMap((condition) => Object.entries(condition));
  const isAbsent = tests.some(([op, argument]) => op === 'exists' && argument === false);
  const isPresent = tests.some(needsValue);
  let kinds = own;
  let range = ALL;
  let length: Range = { ...ALL, min: 0 };
  for (const [op, argument] of tests) {
    const accepted = kindsOf(op, argument);
    kinds = kinds.filter((kind) => accepted.includes(kind));
    range = narrow(range, op, op === '=' ? undefined : argument);
    length = narrowLength(length, op, argument);
  }
  const isWhole = tests.some(([op, argument]) => op === 'type' && isOnlyInteger(argument));
  const bounds = { conditions, kinds, isWhole, range, length, isPresent, isAbsent };
  const domain = { ...bounds, values: isPresent ? valuesOf(bounds) : undefined };
  return { ...domain, fault: faultOf(domain) };
}

/** The operators of a condition that can be tried on a single value. */
export function valueTest(condition: Operators): ((value: unknown) => boolean) | undefined {
  const entries = Object.entries(condition);
  const own = entries.filter(([op, argument]) => !isQuantifier(op) && !isReference(argument));
  if (own.length === 0) return undefined;
  const test = compileCondition(Object.fromEntries(own));
  return (value) => test(value, NO_REQUEST);
}

/** True for `{ field: ... }`, whose value only a request knows. */
export function isReference(argument: unknown): boolean {
  return isRecord(argument) && typeof argument['field'] === 'string' && Object.keys(argument).length === 1;
}

/** An absent field passes only these. */
function needsValue([op, argument]: readonly [string, unknown]): boolean {
  return op !== '!=' && op !== 'not_in' && !(op === 'exists' && argument === false);
}

function isOnlyInteger(argument: unknown): boolean {
  const names: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  return names.includes('integer') && !names.includes('number');
}

function narrowLength(length: Range, op: string, argument: unknown): Range {
  if (op !== 'length') return length;
  if (!isRecord(argument)) return narrow(length, '=', argument);
  return Object.entries(argument).reduce((range, [inner, bound]) => narrow(range, inner, bound), length);
}

/** The values that pass every condition, where the smallest `=` or `in`, the type or the bounds leave a few to try. */
function valuesOf(bounds: Omit<Domain, 'values' | 'fault'>): readonly Json[] | undefined {
  const { conditions, kinds } = bounds;
  const sets = conditions.flatMap(({ '=': equal, in: several }) => [
    ...(equal === undefined ? [] : [[equal]]),
    ...(several === undefined ? [] : [several]),
  ]);
  const [first = fewValues(bounds), ...others] = sets.sort((a, b) => a.length - b.length);
  if (first === undefined) return undefined;
  const rest = conditions.map((condition) => valueTest(withoutValues(condition)));
  return first.filter(
    (value) =>
      kinds.includes(kindOf(value)) &&
      rest.every((test) => test === undefined || test(value)) &&
      others.every((set) => set.some((item) => equalsJson(value, item))),
  );
}

function withoutValues(condition: Operators): Operators {
  const { '=': _, in: __, ...rest } = condition;
  return rest;
}

/** What a type or bounds leave, if it is little: true and false, null, the numbers 1 to 4. */
function fewValues({ kinds, range, isWhole }: Omit<Domain, 'values' | 'fault'>): readonly Json[] | undefined {
  const [kind, ...others] = kinds;
  if (others.length > 0) return undefined;
  if (kind === 'boolean') return [true, false];
  if (kind === 'null') return [null];
  if (kind !== 'number' || isEmptyRange(range, isWhole)) return undefined;
  if (range.min === range.max) return [range.min];
  const first = Math.ceil(range.min);
  const count = Math.floor(range.max) - first + 1;
  return isWhole && count <= MAX_LISTED
    ? Array.from({ length: count }, (_, index) => first + index)
    : undefined;
}

function faultOf({ kinds, isWhole, range, length, isPresent, isAbsent, values }: Omit<Domain, 'fault'>) {
  if (isAbsent && isPresent) return 'the field would have to be absent and present at once';
  if (!isPresent) return undefined;
  if (values !== undefined && values.length === 0) return 'no value passes all of it';
  if (kinds.length === 0) return 'no value has a type that all of it accepts';
  if (isOnly(kinds, 'number') && isEmptyRange(range, isWhole))
    return `no ${isWhole ? 'whole ' : ''}number lies within the bounds`;
  const isMeasured = kinds.every((kind) => kind === 'string' || kind === 'array');
  return isMeasured && isEmptyRange(length, true) ? 'nothing has such a length' : undefined;
}

function isOnly(kinds: readonly Kind[], kind: Kind): boolean {
  return kinds.length === 1 && kinds[0] === kind;
}
