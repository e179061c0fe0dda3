import type { Condition, Match, Operators, PatternScope, Similar } from '../../contract/pattern.js';
import { isFactName, FACTS } from '../fact-table.js';
import { isJoinedText } from '../joined-texts.js';
import type { Member } from '../match-test.js';
import { isRecord } from '../own.js';
import { scopeTests } from '../scope.js';
import { DEFAULT_SIMILARITY } from '../similarity.js';
import { literalsOf } from './expression-literals.js';
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
  /** Nothing cheaper than the pattern itself. */
  | { readonly kind: 'scan' };

/** Fields that many calls share: what depends on them alone is found out once for each combination. */
export const SHARED_FIELDS: readonly string[] = ['api', 'provider', 'operation', 'model'];

/**
 * Facts that take long to compute and tell little apart. Others are read on every call for which some pattern is filed
 * under them; these only by patterns that are candidates already.
 */
const DEAR_FACTS: readonly string[] = [
  'facts.mentions_json',
  'facts.characters',
  'facts.orphan_tool_results',
];

/** Keys one pattern may be filed under; a product of more values is left to the pattern's own test. */
const MAX_KEYS = 16;

/** Shorter literals of expressions stand everywhere. */
const MIN_LITERAL = 3;

/** How well a kind of path tells requests apart; less is better. */
const RANK = { exact: 0, key: 1, phrase: 2, similar: 3, item: 4, prefix: 5, shared: 6, scan: 7 } as const;

interface Option {
  readonly rank: number;
  readonly paths: readonly AccessPath[];
}

const SCAN: Option = { rank: RANK.scan, paths: [{ kind: 'scan' }] };

/**
 * The paths a pattern is filed under: whenever it fits a request, at least one of them is taken.
 * @param scope - what it asks of requests counts like the match; service and environment do not depend on them.
 * @example accessOf({ api: 'openai.chat.completions', seed: 7 })
 * // [{ kind: 'key', equalities: [{ field: 'api', value: 'openai.chat.completions' }, { field: 'seed', value: 7 }] }]
 */
export function accessOf(match: Match, scope?: PatternScope): readonly AccessPath[] {
  return optionOf(match, scope).paths;
}

function optionOf(match: Match, scope?: PatternScope): Option {
  const { shared, rest } = scopeTests(scope);
  const conjuncts = conjunctsOf(match).concat([...shared, ...rest].flatMap(conjunctOf));
  const options = [keyOption(conjuncts), ...conjuncts.flatMap(textOptions), ...alternatives(match)];
  return options.reduce((best, option) => (isBetter(option, best) ? option : best), SCAN);
}

function isBetter(a: Option, b: Option): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.paths.length < b.paths.length);
}

/** One test of one field. */
interface Conjunct {
  readonly field: string;
  readonly condition: Operators;
}

/** The tests of a match that must all hold, those in nested `all` included. */
function conjunctsOf(match: Match): readonly Conjunct[] {
  return Object.entries(match).flatMap(([key, value]) => {
    if (key === 'any' || key === 'not' || value === undefined) return [];
    if (key === 'all') return (value as readonly Match[]).flatMap(conjunctsOf); // the key fixes the type of its value
    return conjunctOf([key, value]);
  });
}

function conjunctOf([field, value]: Member): readonly Conjunct[] {
  const condition = value as Condition; // a field's value is nothing else
  return [{ field, condition: isRecord(condition) ? condition : { '=': condition } }];
}

/** `any` holds through one of its branches, so all of them are filed. */
function alternatives(match: Match): readonly Option[] {
  const own = match.any === undefined ? [] : [union(match.any.map((branch) => optionOf(branch)))];
  return [...own, ...(match.all ?? []).flatMap(alternatives)];
}

function union(branches: readonly Option[]): Option {
  const paths = branches.flatMap((branch) => branch.paths);
  const rank = Math.max(...branches.map((branch) => branch.rank));
  return paths.length > MAX_KEYS || rank === RANK.scan ? SCAN : { rank, paths };
}

/** All equalities of a conjunction as one key, for each combination of the values they allow. */
function keyOption(conjuncts: readonly Conjunct[]): Option {
  const allowed = new Map<string, readonly Scalar[]>();
  for (const { field, condition } of conjuncts) {
    const values = scalarsOf(condition);
    const known = allowed.get(field);
    if (values === undefined || DEAR_FACTS.includes(field) || isJoined(field)) continue;
    if (known === undefined || values.length < known.length) allowed.set(field, values);
  }
  let keys: readonly (readonly Equality[])[] = [[]];
  for (const [field, values] of [...allowed].sort(byValues)) {
    if (keys.length * values.length > MAX_KEYS) break;
    keys = keys.flatMap((key) => values.map((value) => [...key, { field, value }]));
  }
  if (keys.every((key) => key.length === 0)) return SCAN;
  const isShared = keys.every((key) => key.every(({ field }) => SHARED_FIELDS.includes(field)));
  const paths = keys.map((key) => ({ kind: 'key', equalities: [...key].sort(byField) }) as const);
  return { rank: isShared ? RANK.shared : RANK.key, paths };
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

/** Texts that are equal have the same normal form too, which is found without joining a joined fact. */
function isJoined(field: string): boolean {
  return field.startsWith('facts.') && isJoinedText(field.slice('facts.'.length));
}

function factType(field: string): string | undefined {
  const [root, name = ''] = field.split('.');
  return root === 'facts' && isFactName(name) ? FACTS[name].type : undefined;
}
