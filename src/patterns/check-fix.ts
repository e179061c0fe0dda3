import { show } from '../contract/errors.js';
import { FIX_OPERATIONS, FORBIDDEN_FIELDS } from '../contract/fix.js';
import { REPAIRS } from '../contract/repairs.js';
import { checkOverlaps } from './check-overlaps.js';
import { parameterProblem } from './fields.js';
import type { OperationName } from './fix-language.js';
import { jsonProblem, visibleTextProblem } from './arguments.js';
import { didYouMean } from './nearest.js';
import { isRecord, own } from './own.js';
import { parameterPath } from './path.js';
import type { DocumentPath, Report } from './report.js';

type Check = (argument: unknown, path: DocumentPath, scope: FixScope) => void;

interface FixScope {
  readonly report: Report;
  readonly apis: readonly string[];
  /** Whether the pattern says that its repair may lose something. */
  readonly isLossy: boolean;
}

const CHECKS: { readonly [Name in OperationName]: Check } = {
  set: checkValues,
  default: checkValues,
  unset: checkUnset,
  rename: checkRename,
  clamp: checkClamp,
  prefix: checkPrompt,
  suffix: checkPrompt,
  map: checkMap,
  messages: checkRepairName('messages'),
  tools: checkRepairName('tools'),
  parameters: checkRepairName('parameters'),
  truncate: checkTruncate,
  route: checkRoute,
};

/** Checks a list of fix operations and reports everything that is wrong with it. */
export function checkFix(fix: unknown, path: DocumentPath, scope: FixScope): void {
  if (!Array.isArray(fix)) {
    return scope.report(
      path,
      `must be a list of operations (${FIX_OPERATIONS.join(', ')}), received ${show(fix)}`,
    );
  }
  if (fix.length === 0)
    return scope.report(path, 'must hold at least one operation: an empty fix changes nothing');
  fix.forEach((operation, index) => checkOperation(operation, [...path, index], scope));
  checkOverlaps(fix, path, scope.report);
}

function checkOperation(operation: unknown, path: DocumentPath, scope: FixScope): void {
  const names = isRecord(operation) ? Object.keys(operation) : [];
  const [name = ''] = names;
  if (names.length !== 1)
    return scope.report(path, `must be an object with one operation, received ${show(operation)}`);
  if (isOperation(name)) return CHECKS[name](own(operation, name), [...path, name], scope);
  const accepted = `Accepted: ${FIX_OPERATIONS.join(', ')}`;
  scope.report(
    [...path, name],
    `unknown operation "${name}".${didYouMean(name, FIX_OPERATIONS)} ${accepted}`,
    'key',
  );
}

function checkValues(values: unknown, path: DocumentPath, scope: FixScope): void {
  if (!isRecord(values) || Object.keys(values).length === 0) {
    return scope.report(path, `must be an object of fields and values, received ${show(values)}`);
  }
  for (const [field, value] of Object.entries(values)) {
    const at = [...path, field];
    checkField(field, at, scope, 'key');
    checkSingle(field, at, scope, 'key');
    const problem = jsonProblem(value);
    if (problem !== undefined) scope.report(at, `${problem}; received ${show(value)}`);
  }
}

function checkUnset(fields: unknown, path: DocumentPath, scope: FixScope): void {
  if (!Array.isArray(fields) || fields.length === 0) {
    return scope.report(path, `must be a list of at least one field, received ${show(fields)}`);
  }
  fields.forEach((field, index) => checkRemovable(field, [...path, index], scope));
}

function checkRename(argument: unknown, path: DocumentPath, scope: FixScope): void {
  if (!hasOnly(argument, ['from', 'to'], path, scope.report)) return;
  checkSingle(argument['from'], [...path, 'from'], scope);
  checkRemovable(argument['from'], [...path, 'from'], scope);
  checkField(argument['to'], [...path, 'to'], scope);
  checkSingle(argument['to'], [...path, 'to'], scope);
}

function checkClamp(argument: unknown, path: DocumentPath, scope: FixScope): void {
  if (!hasOnly(argument, ['field', 'min', 'max'], path, scope.report)) return;
  checkField(argument['field'], [...path, 'field'], scope);
  const { min, max } = argument;
  if (min === undefined && max === undefined) scope.report(path, 'must name min, max or both');
  for (const [name, bound] of Object.entries({ min, max })) {
    if (bound !== undefined && !Number.isFinite(bound)) {
      scope.report([...path, name], `must be a finite number, received ${show(bound)}`);
    }
  }
  if (Number(min) > Number(max))
    scope.report(path, `contradicts itself: min ${show(min)} is above max ${show(max)}`);
}

/** The keys are texts; `true`, `7` and `null` stand for what they mean in YAML. */
function checkMap(argument: unknown, path: DocumentPath, scope: FixScope): void {
  if (!hasOnly(argument, ['field', 'values'], path, scope.report)) return;
  checkField(argument['field'], [...path, 'field'], scope);
  const { values } = argument;
  if (!isRecord(values) || Object.keys(values).length === 0) {
    return scope.report(
      [...path, 'values'],
      `must be an object of old and new values, received ${show(values)}`,
    );
  }
  for (const [from, to] of Object.entries(values)) {
    const at = [...path, 'values', from];
    const isScalar = to === null || ['string', 'number', 'boolean'].includes(typeof to);
    if (!isScalar) scope.report(at, `must be a text, number, flag or null; received ${show(to)}`);
    else if (Object.hasOwn(values, String(to)) && String(to) !== from)
      scope.report(at, `leads to "${String(to)}", which is mapped too; name where it ends`);
  }
}

function checkRepairName(operation: keyof typeof REPAIRS): Check {
  return (name, path, { report, isLossy }) => {
    checkName(name, Object.keys(REPAIRS[operation]), path, report);
    const loses = typeof name === 'string' ? REPAIRS[operation][name]?.loses : undefined;
    if (loses !== undefined && !isLossy)
      report(path, `"${String(name)}" loses information (${loses}); the pattern must say "lossy: true"`);
  };
}

function checkPrompt(argument: unknown, path: DocumentPath, { report }: FixScope): void {
  if (!hasOnly(argument, ['role', 'text'], path, report)) return;
  checkName(argument['role'], ['system', 'user'], [...path, 'role'], report);
  const problem = visibleTextProblem(argument['text']);
  if (problem !== undefined) report([...path, 'text'], `${problem}; received ${show(argument['text'])}`);
}

function checkTruncate(argument: unknown, path: DocumentPath, { report, isLossy }: FixScope): void {
  if (!hasOnly(argument, ['characters'], path, report)) return;
  const { characters } = argument;
  if (!Number.isInteger(characters) || Number(characters) < 1)
    report([...path, 'characters'], `must be a whole number from 1, received ${show(characters)}`);
  if (!isLossy) report(path, 'loses information (the oldest turns); the pattern must say "lossy: true"');
}

function checkRoute(argument: unknown, path: DocumentPath, { report }: FixScope): void {
  if (!hasOnly(argument, ['model'], path, report)) return;
  const problem = visibleTextProblem(argument['model']);
  if (problem !== undefined) report([...path, 'model'], `${problem}; received ${show(argument['model'])}`);
}

function checkName(name: unknown, accepted: readonly string[], path: DocumentPath, report: Report): void {
  if (accepted.some((candidate) => candidate === name)) return;
  const hint = typeof name === 'string' ? didYouMean(name, accepted) : '';
  report(path, `must be one of ${accepted.join(', ')}; received ${show(name)}.${hint}`);
}

function checkField(field: unknown, path: DocumentPath, scope: FixScope, at?: 'key'): void {
  if (typeof field !== 'string')
    return scope.report(path, `must be the name of a field, received ${show(field)}`, at);
  const [root = ''] = parameterPath(field);
  const problem = FORBIDDEN_FIELDS.includes(root)
    ? `"${root}" is not open to fixes. Closed are: ${FORBIDDEN_FIELDS.join(', ')}`
    : parameterProblem(field, scope.apis);
  if (problem !== undefined) scope.report(path, problem, at);
}

/** A value is written to one place, so none may stand for every item of a list. */
function checkSingle(field: unknown, path: DocumentPath, scope: FixScope, at?: 'key'): void {
  if (typeof field === 'string' && parameterPath(field).includes('*'))
    scope.report(path, `"${field}": only unset, map and clamp take * for every item of a list`, at);
}

/** Removing the third item makes the fourth the third: a second application would remove that too. */
function checkRemovable(field: unknown, path: DocumentPath, scope: FixScope): void {
  if (typeof field === 'string' && /(?:^|\.)(?:\d+|\*)$/.test(field)) {
    return scope.report(path, `"${field}" names a list item by its position, which cannot be removed`);
  }
  checkField(field, path, scope);
}

function hasOnly(
  argument: unknown,
  keys: readonly string[],
  path: DocumentPath,
  report: Report,
): argument is Readonly<Record<string, unknown>> {
  if (!isRecord(argument)) {
    report(path, `must be an object with ${keys.join(', ')}; received ${show(argument)}`);
    return false;
  }
  for (const key of Object.keys(argument)) {
    if (keys.includes(key)) continue;
    report(
      [...path, key],
      `unknown key "${key}".${didYouMean(key, keys)} Accepted: ${keys.join(', ')}`,
      'key',
    );
  }
  return true;
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(CHECKS, name);
}
