import type { Match, PatternDefinition } from '../../contract/pattern.js';
import { exactText } from '../fingerprint.js';
import { isQuantifier } from '../language.js';
import { scopeTests } from '../scope.js';
import { canonicalJson } from '../serialize-pack.js';
import { conjunctionOf, type Conjunction } from './conjunction.js';
import { writesOf, type Write } from './writes.js';

/** A pattern as lint compares it with others. */
export interface Profile {
  readonly pattern: PatternDefinition;
  /** Position among all patterns that are looked at together. */
  readonly index: number;
  /** Its match and what its scope asks of requests. */
  readonly match: Match;
  /** What it demands to be equal, as `field=value` or, for whole texts, `field~text`, sorted: patterns with different ones on one field never meet. */
  readonly equalities: readonly string[];
  readonly writes: ReadonlyMap<string, Write>;
  /** Its fix as text, the same for equal ones. */
  readonly fix: string;
}

/** Profiles a pattern. */
export function profileOf(pattern: PatternDefinition, index: number): Profile {
  const match = matchInScope(pattern);
  const equalities = [...conjunctionOf([{ match, path: [] }], 'request').domains].flatMap(
    ([field, { values, conditions }]) => {
      if (values?.length === 1) return [`${field}=${JSON.stringify(values[0])}`];
      const exact = conditions.find((condition) => condition.exact !== undefined)?.exact;
      return exact === undefined ? [] : [`${field}~${exactText(exact)}`];
    },
  );
  const { fix } = pattern;
  return {
    pattern,
    index,
    match,
    equalities: equalities.sort(),
    writes: writesOf(fix),
    fix: canonicalJson(fix),
  };
}

/** A pattern's match together with what its scope asks of each request. */
export function matchInScope({ match, scope }: PatternDefinition): Match {
  const { shared, rest } = scopeTests(scope);
  const tests = [...shared, ...rest].map(([field, value]) => ({ [field]: value }));
  return tests.length === 0 ? match : { all: [match, ...tests] };
}

/** Whether two patterns demand different values of one field; both lists are sorted. */
export function demandDifferent(a: Profile, b: Profile): boolean {
  return a.equalities.some((mine) => {
    const field = mine.slice(0, mine.search(/[=~]/) + 1);
    return b.equalities.some((its) => its !== mine && its.startsWith(field));
  });
}

/** The order in which patterns act: highest priority first, ties by id. */
export function byAction(a: Profile, b: Profile): number {
  if (a.pattern.priority !== b.pattern.priority) return b.pattern.priority - a.pattern.priority;
  if (a.pattern.id === b.pattern.id) return a.index - b.index;
  return a.pattern.id < b.pattern.id ? -1 : 1;
}

/** Operators of which it can be told exactly what they leave of a field together. */
const DECIDED: readonly string[] = ['=', '!=', 'in', 'not_in', '>', '>=', '<', '<=', 'exists', 'type'];

/** True when all conditions on a field are understood in full. */
export function isDecided({ tests }: Conjunction, field: string): boolean {
  return (tests.get(field) ?? []).every(({ condition }) =>
    Object.entries(condition).every(
      ([op, argument]) =>
        DECIDED.includes(op) &&
        !isQuantifier(op) &&
        (op === '=' || typeof argument !== 'object' || Array.isArray(argument)),
    ),
  );
}
