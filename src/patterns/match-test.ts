import type { Condition, Match, QuantifierName } from '../contract/pattern.js';
import type { RequestFacts } from './facts.js';
import { compileField, compileItemField, type ItemReader } from './field-reader.js';
import { itemsOf } from './items.js';
import { isQuantifier } from './language.js';
import { type FindingName, isFindingName } from './findings/finding-names.js';
import { hasFinding } from './findings/findings.js';
import { isRecord } from './own.js';
import { VIEW_FIELDS } from './view-fields.js';
import { compileCondition, type Predicate } from './predicates.js';

/** Whether a request, or an item of one of its lists, has a shape. */
export type MatchTest = (facts: RequestFacts, item?: unknown) => boolean;

/** One key of a match with its value. */
export type Member = readonly [key: string, value: Match[string]];

interface Test {
  readonly cost: number;
  readonly run: MatchTest;
}

/** What the fields of a match are read from: the request, or an item of a list. */
type Compile = (field: string) => ItemReader;

/** Rough price of a test, so that the cheap ones of a conjunction run first. */
const COST = { view: 0, parameter: 1, regex: 4, nested: 6, fact: 8, items: 12, text: 20 } as const;

/**
 * Compiles members of a match that must all hold; the cheap tests run first.
 * @throws {Error} on a field, operator or expression that does not exist. Packs are checked before.
 */
export function compileMembers(members: readonly Member[]): MatchTest {
  return every(compileAll(members, compileField));
}

function compileAll(members: readonly Member[], compile: Compile): Test[] {
  const tests = members.flatMap(([key, value]) => compileMember(key, value, compile));
  return tests.sort((a, b) => a.cost - b.cost);
}

function compileMatch(match: Match, compile: Compile): Test {
  const tests = compileAll(Object.entries(match), compile);
  return { cost: COST.nested + (tests.at(-1)?.cost ?? 0), run: every(tests) };
}

function compileMember(key: string, value: Match[string], compile: Compile): readonly Test[] {
  if (value === undefined) return [];
  const nested = (match: Match): Test => compileMatch(match, compile);
  if (key === 'all') return (value as readonly Match[]).map(nested); // the three keys fix the type of their value
  if (key === 'any') return [any((value as readonly Match[]).map(nested))];
  if (key === 'not') return [not(nested(value as Match))];
  return [compileTest(key, value as Condition, compile)];
}

function compileTest(field: string, condition: Condition, compile: Compile): Test {
  const finding = compile === compileField ? findingIn(field, condition) : undefined;
  if (finding !== undefined)
    return { cost: COST.fact, run: (facts) => hasFinding(finding, facts.view, facts) };
  const read = compile(field);
  const quantified = Object.entries(isRecord(condition) ? condition : {}).filter(([op]) => isQuantifier(op));
  const cost = quantified.length > 0 ? COST.items : costOf(field, condition);
  const holds = quantified.length > 0 ? withItems(field, condition) : compileCondition(condition);
  return { cost, run: (facts, item) => holds(read(facts, item), facts) };
}

/** The finding a condition asks for, when that is all: of the walks for the others none needs to be done. */
export function findingIn(field: string, condition: Condition): FindingName | undefined {
  if (field !== 'facts.findings' || !isRecord(condition) || Object.keys(condition).length !== 1)
    return undefined;
  return isFindingName(condition['contains']) ? condition['contains'] : undefined;
}

/** A condition with quantifiers: what it asks of the whole list comes first. */
function withItems(field: string, condition: Condition): Predicate {
  const entries = Object.entries(isRecord(condition) ? condition : {});
  const plain = Object.fromEntries(entries.filter(([op]) => !isQuantifier(op)));
  const tests = Object.keys(plain).length > 0 ? [compileCondition(plain)] : [];
  const name = field.slice(field.lastIndexOf('.') + 1);
  for (const [op, shape] of entries) {
    // A quantifier's argument is a match; packs are checked before.
    if (isQuantifier(op))
      tests.push(quantifier(op, name, compileMatch(shape as Match, compileItemField).run));
  }
  return (value, facts) => {
    for (const test of tests) if (!test(value, facts)) return false;
    return true;
  };
}

function quantifier(op: QuantifierName, field: string, fits: MatchTest): Predicate {
  const wanted = op === 'every';
  // `any` ends at an item that fits and then holds; `none` ends there and fails; `every` ends at one that does not fit.
  const atEnd = op !== 'any';
  return (value, facts) => {
    const items = itemsOf(value, field, facts.view.api);
    if (items === undefined) return false;
    for (const item of items) if (fits(facts, item) !== wanted) return !atEnd;
    return atEnd;
  };
}

function costOf(field: string, condition: Condition): number {
  const operators = isRecord(condition) ? condition : {};
  if ('similar' in operators || 'exact' in operators) return COST.text;
  if (field.startsWith('facts.')) return COST.fact;
  if ('matches' in operators) return COST.regex;
  return VIEW_FIELDS.includes(field) ? COST.view : COST.parameter;
}

function every(tests: readonly Test[]): MatchTest {
  const runs = tests.map((test) => test.run);
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return only;
  return (facts, item) => {
    for (const run of runs) if (!run(facts, item)) return false;
    return true;
  };
}

function any(tests: readonly Test[]): Test {
  const runs = tests.map((test) => test.run);
  return {
    cost: Math.max(...tests.map((test) => test.cost)),
    run: (facts, item) => runs.some((run) => run(facts, item)),
  };
}

function not({ cost, run }: Test): Test {
  return { cost, run: (facts, item) => !run(facts, item) };
}
