import type { Match, Operators, PatternScope, Similar } from '../../contract/pattern.js';
import { scopeTests } from '../scope.js';
import { DEFAULT_SIMILARITY } from '../similarity.js';
import { conjunctOf, conjunctsOf, type Conjunct } from './conjuncts.js';
import { literalsOf } from './expression-literals.js';
import { factType, isDear, isJoined, isShared } from './field-kinds.js';
import { bestRange, isNever, type FieldRange } from './field-range.js';
import { shortest } from './literal-sets.js';
import { LEAST_SIMILARITY } from './similar-table.js';

/** A scalar of JSON, the only kind of value that is looked up by its hash. */
export type Scalar = string | number | boolean | null;

/** One field and the value it must have. */
export interface Equality {
  readonly field: string;
  readonly value: Scalar;
}

/** A cheap condition without which a pattern cannot fit, and under which it is filed. */
export type AccessPath =
  /** Every one of these values, sorted by field. */
  | { readonly kind: 'key'; readonly equalities: readonly Equality[] }
  /** The field is a list with this scalar among its items. */
  | { readonly kind: 'item'; readonly field: string; readonly value: Scalar }
  /** The field is a text whose normal form is this one's. */
  | { readonly kind: 'exact'; readonly field: string; readonly text: string }
  /** The field is a text that begins with this. */
  | { readonly kind: 'prefix'; readonly field: string; readonly text: string }
  /** The field is a text in which this stands. */
  | { readonly kind: 'phrase'; readonly field: string; readonly text: string }
  /** The field is a text whose 4-grams are so many the same as this one's. */
  | { readonly kind: 'similar'; readonly field: string; readonly text: string; readonly threshold: number }
  /** The field is a number of this range, or a text or list of such a length; and the shared fields have these values. */
  | { readonly kind: 'range'; readonly equalities: readonly Equality[]; readonly range: FieldRange }
  /** Nothing cheaper than the pattern itself. */
  | { readonly kind: 'scan' };

/** Keys one pattern may be filed under; a product of more values is left to the pattern's own test. */
const MAX_KEYS = 16;

/** Shorter literals of expressions stand everywhere. */
const MIN_LITERAL = 3;

/** How well a kind of path tells requests apart; less is better. `name` is a text path of a shared field. */
const RANK = {
  never: 0,
  exact: 1,
  key: 2,
  phrase: 3,
  similar: 4,
  item: 5,
  prefix: 6,
  range: 7,
  name: 8,
  shared: 9,
  scan: 10,
} as const;

interface Option {
  readonly rank: number;
  readonly paths: readonly AccessPath[];
}

const SCAN: Option = { rank: RANK.scan, paths: [{ kind: 'scan' }] };
/** What can never hold is filed nowhere. */
const NEVER: Option = { rank: RANK.never, paths: [] };

/**
 * The paths a pattern is filed under: whenever it fits a request, at least one of them is taken.
 * @param scope - what it asks of requests counts like the match; service and environment do not depend on them.
 * @example accessOf({ api: 'openai.chat.completions', seed: 7 })
 * // [{ kind: 'key', equalities: [{ field: 'api', value: 'openai.chat.completions' }, { field: 'seed', value: 7 }] }]
 */
export function accessOf(match: Match, scope?: PatternScope): readonly AccessPath[] {
  const { shared, rest } = scopeTests(scope);
  return optionOf(match, [...shared, ...rest].flatMap(conjunctOf), []).paths;
}

/**
 * @param scoped - tests beside those of the match.
 * @param outer - tests of shared fields around it.
 */
function optionOf(match: Match, scoped: readonly Conjunct[], outer: readonly Conjunct[]): Option {
  const conjuncts = [...conjunctsOf(match), ...scoped];
  const shared = [...outer, ...conjuncts.filter(({ field }) => isShared(field))];
  const texts = conjuncts.flatMap((each) => textOptions(each).map((option) => ranked(each, option)));
  const options = [
    keyOption(conjuncts),
    rangeOption(conjuncts, shared),
    ...texts,
    ...alternatives(match, shared),
  ];
  return options.reduce((best, option) => (isBetter(option, best) ? option : best), SCAN);
}

function isBetter(a: Option, b: Option): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.paths.length < b.paths.length);
}

/** What a shared field has a part of is the same for all its calls, so anything else tells more. */
function ranked({ field }: Conjunct, option: Option): Option {
  return isShared(field) ? { ...option, rank: RANK.name } : option;
}

/** `any` holds through one of its branches, so all of them are filed. */
function alternatives(match: Match, outer: readonly Conjunct[]): readonly Option[] {
  const own = match.any === undefined ? [] : [union(match.any.map((branch) => optionOf(branch, [], outer)))];
  return [...own, ...(match.all ?? []).flatMap((each) => alternatives(each, outer))];
}

function union(branches: readonly Option[]): Option {
  const paths = branches.flatMap((branch) => branch.paths);
  const rank = Math.max(...branches.map((branch) => branch.rank));
  return paths.length > MAX_KEYS || rank === RANK.scan ? SCAN : { rank, paths };
}

function keyOption(conjuncts: readonly Conjunct[]): Option {
  const keys = keysOf(conjuncts);
  if (keys.every((key) => key.length === 0)) return SCAN;
  const areShared = keys.every((key) => key.every(({ field }) => isShared(field)));
  const paths = keys.map((equalities) => ({ kind: 'key', equalities }) as const);
  return { rank: areShared ? RANK.shared : RANK.key, paths };
}

/** The best range, among calls that have the values of shared fields the pattern asks for. */
function rangeOption(conjuncts: readonly Conjunct[], shared: readonly Conjunct[]): Option {
  const range = bestRange(conjuncts);
  if (range === undefined) return SCAN;
  if (isNever(range)) return NEVER;
  return {
    rank: RANK.range,
    paths: keysOf(shared).map((equalities) => ({ kind: 'range', equalities, range })),
  };
}

/** All equalities of a conjunction as one key, for each combination of the values they allow. */
function keysOf(conjuncts: readonly Conjunct[]): readonly (readonly Equality[])[] {
  const allowed = new Map<string, readonly Scalar[]>();
  for (const { field, condition } of conjuncts) {
    const values = scalarsOf(condition);
    const known = allowed.get(field);
    if (values === undefined || isDear(field) || isJoined(field)) continue;
    if (known === undefined || values.length < known.length) allowed.set(field, values);
  }
  let keys: readonly (readonly Equality[])[] = [[]];
  for (const [field, values] of [...allowed].sort(byValues)) {
    if (keys.length * values.length > MAX_KEYS) break;
    keys = keys.flatMap((key) => values.map((value) => [...key, { field, value }]));
  }
  return keys.map((key) => [...key].sort(byField));
}

/** The fewest values first, so that as many fields as possible stay below the limit. */
function byValues(a: readonly [string, readonly Scalar[]], b: readonly [string, readonly Scalar[]]): number {
  return a[1].length - b[1].length || (a[0] < b[0] ? -1 : 1);
}

function byField(a: Equality, b: Equality): number {
  return a.field < b.field ? -1 : 1;
}

function scalarsOf({ '=': equal, in: several }: Operators): readonly Scalar[] | undefined {
  const values = equal === undefined ? several : [equal];
  return values?.every(isScalar) ? [...new Set(values)] : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== 'object';
}

function textOptions({ field, condition }: Conjunct): readonly Option[] {
  const { exact, contains, starts_with: start } = condition;
  const options: Option[] = [];
  const equal = isJoined(field)
    ? (scalarsOf(condition) ?? []).filter((value) => typeof value === 'string')
    : [];
  if (equal.length > 0 && equal.length <= MAX_KEYS) {
    options.push({ rank: RANK.exact, paths: equal.map((text) => ({ kind: 'exact', field, text })) });
  }
  if (exact !== undefined) options.push({ rank: RANK.exact, paths: [{ kind: 'exact', field, text: exact }] });
  if (contains !== undefined && isScalar(contains)) options.push(...containment(field, contains));
  if (start !== undefined && start !== '') {
    options.push({ rank: RANK.prefix, paths: [{ kind: 'prefix', field, text: start }] });
  }
  if (condition.similar !== undefined) options.push(...similarOptions(field, condition.similar));
  if (condition.matches !== undefined) options.push(...expressionOptions(field, condition.matches));
  return options;
}

function similarOptions(field: string, known: string | Similar): readonly Option[] {
  const { to: text, threshold = DEFAULT_SIMILARITY } = typeof known === 'string' ? { to: known } : known;
  return threshold < LEAST_SIMILARITY
    ? []
    : [{ rank: RANK.similar, paths: [{ kind: 'similar', field, text, threshold }] }];
}

/** A text that an expression matches begins with one of its beginnings, or has one of its literals. */
function expressionOptions(field: string, source: string): readonly Option[] {
  const { exact, start = exact, need = exact, isAnchored } = literalsOf(source);
  // At the beginning of a text there is less to look at; a literal further on is better only when it is longer.
  if (isAnchored && start && shortest(start) >= Math.max(1, shortest(need ?? ['']))) {
    return [{ rank: RANK.phrase, paths: start.map((text) => ({ kind: 'prefix', field, text })) }];
  }
  if (need === undefined || shortest(need) < MIN_LITERAL) return [];
  return [{ rank: RANK.phrase, paths: need.map((text) => ({ kind: 'phrase', field, text })) }];
}

/** A text contains a part of it, a list an item; where the field may be either, both are filed. */
function containment(field: string, part: Scalar): readonly Option[] {
  const item: AccessPath = { kind: 'item', field, value: part };
  const phrase: readonly AccessPath[] =
    typeof part === 'string' ? [{ kind: 'phrase', field, text: part }] : [];
  const kind = factType(field);
  if (kind === 'array') return [{ rank: RANK.item, paths: [item] }];
  if (part === '') return [];
  const paths = kind === 'string' ? phrase : [...phrase, item];
  return [{ rank: phrase.length > 0 ? RANK.phrase : RANK.item, paths }];
}
