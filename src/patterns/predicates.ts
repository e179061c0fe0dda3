import type {
  Condition,
  FieldReference,
  JsonTypeName,
  Operators,
  QuantifierName,
  Similar,
} from '../contract/pattern.js';
import type { Json } from '../contract/request.js';
import { type RequestFacts, exactKeyOf, fuzzyTextOf } from './facts.js';
import { compileField } from './field-reader.js';
import { exactKey } from './fingerprint.js';
import { equalsJson } from './json-equal.js';
import { isRecord } from './own.js';
import { compileRegex } from './regex.js';
import { DEFAULT_SIMILARITY, similarTo } from './similarity.js';

/** A compiled test of one field's value; `undefined` stands for an absent field. */
export type Predicate = (value: unknown, facts: RequestFacts) => boolean;

type Compare = (a: number, b: number) => boolean;

const COMPARE = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
} as const satisfies Readonly<Record<string, Compare>>;

/** Operators that look at a value as a whole; the others are compiled by `match-test.ts`. */
type Plain = Omit<Operators, QuantifierName>;

type Compilers = {
  readonly [Op in keyof Plain]-?: (argument: Exclude<Plain[Op], undefined>) => Predicate;
};

const COMPILERS: Compilers = {
  '=': (json) => (value) => equalsJson(value, json),
  '!=': (json) => (value) => !equalsJson(value, json),
  '>': (bound) => comparison(COMPARE['>'], bound),
  '>=': (bound) => comparison(COMPARE['>='], bound),
  '<': (bound) => comparison(COMPARE['<'], bound),
  '<=': (bound) => comparison(COMPARE['<='], bound),
  in: (items) => (value) => items.some((item) => equalsJson(value, item)),
  not_in: (items) => (value) => !items.some((item) => equalsJson(value, item)),
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  type: (names) => typeTest(typeof names === 'string' ? [names] : names),
  matches: (source) => textTest(compileRegex(source)),
  contains: (part) => containment(part),
  starts_with: (start) => textTest((text) => text.startsWith(start)),
  length: (length) => lengthTest(typeof length === 'number' ? { '=': length } : length),
  similar: (known) => similarity(typeof known === 'string' ? { to: known } : known),
  exact: (known) => exactTest(known),
};

/**
 * Compiles a condition: a plain value means equality, an object means operators that must all hold.
 * @throws {Error} on a quantifier, an operator that does not exist or an expression that is not RE2. Packs are checked
 * before.
 * @example compileCondition({ '>': 0.9 })(0.95, facts) // true
 */
export function compileCondition(condition: Condition): Predicate {
  if (!isOperators(condition)) return COMPILERS['='](condition);
  const tests = Object.entries(condition).map(([op, argument]) => compileOperator(op, argument));
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (value, facts) => {
    for (const test of tests) if (!test(value, facts)) return false;
    return true;
  };
}

function compileOperator(op: string, argument: unknown): Predicate {
  if (!Object.hasOwn(COMPILERS, op)) throw new Error(`unknown operator "${op}"`);
  const compile = COMPILERS[op as keyof Plain] as (argument: unknown) => Predicate; // the table pairs them
  return compile(argument);
}

function isOperators(condition: Condition): condition is Operators {
  return typeof condition === 'object' && condition !== null;
}

function comparison(compare: Compare, bound: number | FieldReference): Predicate {
  if (typeof bound === 'number') return (value) => typeof value === 'number' && compare(value, bound);
  const read = compileField(bound.field);
  return (value, facts) => {
    if (typeof value !== 'number') return false;
    const other = read(facts);
    return typeof other === 'number' && compare(value, other);
  };
}

function textTest(test: (text: string) => boolean): Predicate {
  return (value) => typeof value === 'string' && test(value);
}

function containment(part: Json): Predicate {
  return (value) => {
    if (typeof value === 'string') return typeof part === 'string' && value.includes(part);
    return Array.isArray(value) && value.some((item) => equalsJson(item, part));
  };
}

function lengthTest(bounds: Exclude<Operators['length'], number | undefined>): Predicate {
  const tests = Object.entries(bounds).map(([op, bound]) => {
    const compare = COMPARE[op as keyof typeof COMPARE]; // checked at load
    return (length: number) => compare(length, bound);
  });
  return (value) =>
    (typeof value === 'string' || Array.isArray(value)) && tests.every((test) => test(value.length));
}

function similarity({ to, threshold = DEFAULT_SIMILARITY }: Similar): Predicate {
  const test = similarTo(to, threshold);
  return (value, facts) => typeof value === 'string' && test(fuzzyTextOf(facts, value));
}

function exactTest(known: string): Predicate {
  const wanted = exactKey(known);
  return (value, facts) => {
    if (typeof value !== 'string') return false;
    const key = exactKeyOf(facts, value);
    return key.low === wanted.low && key.high === wanted.high && key.text === wanted.text;
  };
}

function typeTest(names: readonly JsonTypeName[]): Predicate {
  return (value) => names.some((name) => hasType(value, name));
}

function hasType(value: unknown, name: JsonTypeName): boolean {
  if (name === 'null') return value === null;
  if (name === 'array') return Array.isArray(value);
  if (name === 'object') return isRecord(value);
  if (name === 'integer') return Number.isInteger(value);
  return typeof value === name;
}
