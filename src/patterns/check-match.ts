import { show } from '../contract/errors.js';
import type { Match } from '../contract/pattern.js';
import { unknownApi } from './check-scope.js';
import { KNOWN_APIS, fieldProblem, itemFieldProblem } from './fields.js';
import { FINDINGS } from './findings/finding-names.js';
import { isQuantifier, OPERATORS } from './language.js';
import { contradictionOf } from './lint/logic.js';
import { didYouMean } from './nearest.js';
import { isRecord, own } from './own.js';
import type { DocumentPath, Report } from './report.js';

/** Deepest nesting of `all`, `any`, `not` and quantifiers. */
const MAX_DEPTH = 32;

interface Scope {
  readonly report: Report;
  /** APIs the surrounding match is limited to. */
  readonly apis: readonly string[];
  readonly depth: number;
  /** True under a quantifier, where the fields are those of an item. */
  readonly inItem: boolean;
}

/** The APIs a match is limited to by a plain `api` condition; all known ones when it is not. */
export function apisOf(match: unknown): readonly string[] {
  const named = namedApis(own(match, 'api')).filter((name) => KNOWN_APIS.includes(name));
  return named.length > 0 ? named : KNOWN_APIS;
}

/** Checks a match and reports everything that is wrong with it. @param apis - those the pattern's scope leaves. */
export function checkMatch(
  match: unknown,
  path: DocumentPath,
  { report, apis }: { readonly report: Report; readonly apis: readonly string[] },
): void {
  let faults = 0;
  const note: Report = (at, message, part) => {
    faults += 1;
    report(at, message, part);
  };
  checkConjunction(match, path, { report: note, apis, depth: 0, inItem: false });
  const contradiction = faults === 0 ? contradictionOf(match as Match) : undefined; // checked just now
  if (contradiction)
    report([...path, ...contradiction.path], `can never hold: ${contradiction.reason}`, 'key');
}

function checkConjunction(match: unknown, path: DocumentPath, outer: Scope): void {
  const { report, depth, inItem } = outer;
  if (!isRecord(match))
    return report(path, `must be an object of fields and conditions, received ${show(match)}`);
  if (Object.keys(match).length === 0)
    return report(path, `must not be empty: it would match every ${inItem ? 'item' : 'request'}`);
  if (depth >= MAX_DEPTH) return report(path, `must not nest deeper than ${MAX_DEPTH} levels`);
  const apis = inItem || own(match, 'api') === undefined ? outer.apis : apisOf(match);
  const scope: Scope = { report, apis, depth: depth + 1, inItem };
  for (const [key, value] of Object.entries(match)) {
    if (key === 'not') checkConjunction(value, [...path, key], scope);
    else if (key === 'all' || key === 'any') checkAlternatives(value, [...path, key], scope);
    else checkTest(value, [...path, key], scope);
  }
}

function checkAlternatives(value: unknown, path: DocumentPath, scope: Scope): void {
  if (!Array.isArray(value) || value.length === 0) {
    return scope.report(path, `must be a list of at least one match, received ${show(value)}`);
  }
  value.forEach((match, index) => checkConjunction(match, [...path, index], scope));
}

function checkTest(condition: unknown, path: DocumentPath, scope: Scope): void {
  const field = String(path.at(-1));
  const problem = scope.inItem ? itemFieldProblem(field) : fieldProblem(field, scope.apis);
  if (problem !== undefined) scope.report(path, problem, 'key');
  if (field === 'api' && !scope.inItem) checkApis(condition, path, scope.report);
  if (isRecord(condition)) checkOperators(condition, path, scope);
  else if (Array.isArray(condition))
    scope.report(path, `a list is not a condition; write { in: ${show(condition)} }`);
  else checkPlain(condition, path, scope.report);
}

function checkPlain(value: unknown, path: DocumentPath, report: Report): void {
  const problem = OPERATORS['='].check(value);
  if (problem !== undefined) report(path, `${problem}; received ${show(value)}`);
}

function checkOperators(
  condition: Readonly<Record<string, unknown>>,
  path: DocumentPath,
  scope: Scope,
): void {
  const entries = Object.entries(condition);
  if (entries.length === 0)
    scope.report(path, 'must hold at least one operator; to ask for presence write { exists: true }');
  for (const [op, argument] of entries) {
    const at = [...path, op];
    if (!isOperator(op)) scope.report(at, unknownOperator(op), 'key');
    else checkArgument(op, argument, at, scope);
  }
}

function checkArgument(
  op: keyof typeof OPERATORS,
  argument: unknown,
  path: DocumentPath,
  scope: Scope,
): void {
  const problem = OPERATORS[op].check(argument);
  if (problem !== undefined) return scope.report(path, `${problem}; received ${show(argument)}`);
  if (isQuantifier(op)) return checkConjunction(argument, path, { ...scope, inItem: true });
  if (op === 'contains' && path.at(-2) === 'facts.findings')
    return checkFinding(argument, path, scope.report);
  const other = isComparison(op) ? own(argument, 'field') : undefined;
  const unknown = typeof other === 'string' ? fieldProblem(other, scope.apis) : undefined;
  if (unknown !== undefined) scope.report([...path, 'field'], unknown);
}

/** A misspelt finding would make a pattern that never matches. */
function checkFinding(name: unknown, path: DocumentPath, report: Report): void {
  if (typeof name === 'string' && Object.hasOwn(FINDINGS, name)) return;
  const names = Object.keys(FINDINGS);
  const hint = typeof name === 'string' ? didYouMean(name, names) : '';
  report(path, `must be a finding, received ${show(name)}.${hint} Accepted: ${names.join(', ')}`);
}

/** A misspelt API would make a pattern that never matches, so the names are checked. */
function checkApis(condition: unknown, path: DocumentPath, report: Report): void {
  for (const name of namedApis(condition)) {
    if (KNOWN_APIS.includes(name)) continue;
    report(path, unknownApi(name));
  }
}

function namedApis(condition: unknown): readonly string[] {
  const named = isRecord(condition) ? (condition['='] ?? condition['in']) : condition;
  return (Array.isArray(named) ? named : [named]).filter((name) => typeof name === 'string');
}

function unknownOperator(op: string): string {
  const names = Object.keys(OPERATORS);
  const advice = `to compare with an object write { '=': ... }`;
  const hint = op === 'all' ? ' For each item of a list write "every".' : didYouMean(op, names);
  return `unknown operator "${op}".${hint} Accepted: ${names.join(', ')}; ${advice}`;
}

function isOperator(op: string): op is keyof typeof OPERATORS {
  return Object.hasOwn(OPERATORS, op);
}

function isComparison(op: string): boolean {
  return op === '>' || op === '>=' || op === '<' || op === '<=';
}
