import { ArcError } from '../contract/errors.js';
import type { Condition, Match, PatternDefinition } from '../contract/pattern.js';
import type { RequestFacts } from './facts.js';
import { compileField } from './field-reader.js';
import { compileCondition } from './predicates.js';

/** A pattern ready to run. */
export interface CompiledPattern {
  readonly definition: PatternDefinition;
  /** Milliseconds since the epoch after which the pattern is dead; `Infinity` when it never expires. */
  readonly expiresAt: number;
  /** The part that depends on api, provider and model alone, and so holds or fails for all calls that share them. */
  applies(facts: RequestFacts): boolean;
  /** All the rest. Throws whatever reading the caller's objects throws. */
  fits(facts: RequestFacts): boolean;
  /** Both: whether a request has the pattern's shape. */
  test(facts: RequestFacts): boolean;
}

interface Test {
  readonly cost: number;
  readonly run: (facts: RequestFacts) => boolean;
}

/** Rough price of a test, so that the cheap ones of a conjunction run first. */
const COST = { view: 0, parameter: 1, regex: 4, nested: 6, fact: 8, text: 20 } as const;

/** Fields that many calls share; see {@link CompiledPattern.applies}. */
const KEY_FIELDS: readonly string[] = ['api', 'provider', 'model'];
const VIEW_FIELDS: readonly string[] = ['api', 'provider', 'operation', 'model'];

/**
 * Compiles a pattern. Everything that can be done once is done here.
 * @throws {ArcError} `ARC_PACK_INVALID` when the pattern was not checked and cannot be compiled.
 */
export function compilePattern(definition: PatternDefinition): CompiledPattern {
  const expiresAt = definition.expires === undefined ? Infinity : Date.parse(definition.expires);
  if (Number.isNaN(expiresAt)) {
    throw new ArcError('ARC_PACK_INVALID', `${definition.id} expires: must be an RFC 3339 instant`);
  }
  try {
    const members = Object.entries(definition.match);
    const applies = conjunction(members.filter(([key]) => KEY_FIELDS.includes(key)));
    const fits = conjunction(members.filter(([key]) => !KEY_FIELDS.includes(key)));
    return { definition, expiresAt, applies, fits, test: (facts) => applies(facts) && fits(facts) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ArcError('ARC_PACK_INVALID', `${definition.id} match: ${reason}`, { cause });
  }
}

function compileMatch(match: Match): Test {
  const tests = compileMembers(Object.entries(match));
  return { cost: COST.nested + (tests.at(-1)?.cost ?? 0), run: every(tests) };
}

function conjunction(members: readonly (readonly [string, Match[string]])[]): Test['run'] {
  return every(compileMembers(members));
}

/** The tests of a conjunction, cheap ones first. */
function compileMembers(members: readonly (readonly [string, Match[string]])[]): Test[] {
  const tests = members.flatMap(([key, value]) => compileMember(key, value));
  return tests.sort((a, b) => a.cost - b.cost);
}

function compileMember(key: string, value: Match[string]): readonly Test[] {
  if (value === undefined) return [];
  if (key === 'all') return (value as readonly Match[]).map(compileMatch); // the three keys fix the type of their value
  if (key === 'any') return [any((value as readonly Match[]).map(compileMatch))];
  if (key === 'not') return [not(compileMatch(value as Match))];
  return [compileTest(key, value as Condition)];
}

function compileTest(field: string, condition: Condition): Test {
  const read = compileField(field);
  const holds = compileCondition(condition);
  return { cost: costOf(field, condition), run: (facts) => holds(read(facts), facts) };
}

function costOf(field: string, condition: Condition): number {
  const operators = typeof condition === 'object' && condition !== null ? condition : {};
  if ('similar' in operators || 'exact' in operators) return COST.text;
  if (field.startsWith('facts.')) return COST.fact;
  if ('matches' in operators) return COST.regex;
  return VIEW_FIELDS.includes(field) ? COST.view : COST.parameter;
}

function every(tests: readonly Test[]): Test['run'] {
  const runs = tests.map((test) => test.run);
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return only;
  return (facts) => {
    for (const run of runs) if (!run(facts)) return false;
    return true;
  };
}

function any(tests: readonly Test[]): Test {
  const runs = tests.map((test) => test.run);
  return {
    cost: Math.max(...tests.map((test) => test.cost)),
    run: (facts) => runs.some((run) => run(facts)),
  };
}

function not({ cost, run }: Test): Test {
  return { cost, run: (facts) => !run(facts) };
}
