import { show } from '../contract/errors.js';
import { FIX_OPERATIONS } from '../contract/fix.js';
import type { PatternDefinition } from '../contract/pattern.js';
import { checkFix } from './check-fix.js';
import { apisOf, checkMatch } from './check-match.js';
import { acceptedBy, checkScope } from './check-scope.js';
import { checkTests } from './check-tests.js';
import { KNOWN_APIS } from './fields.js';
import { shortFingerprint } from './fingerprint.js';
import { didYouMean } from './nearest.js';
import { isRecord, own } from './own.js';
import { NAME_RULE, PATTERN_KEYS, SCOPE_PARTS } from './pattern-keys.js';
import type { DocumentPath, Report } from './report.js';

const KEYS: readonly string[] = Object.keys(PATTERN_KEYS);

/**
 * Checks one pattern, in full form (`match`) or shorthand (`pattern`), and brings it into its normal form.
 * @returns undefined when something was reported.
 */
export function checkPattern(
  raw: unknown,
  path: DocumentPath,
  report: Report,
): PatternDefinition | undefined {
  let faults = 0;
  const note: Report = (at, message, part) => {
    faults += 1;
    report(at, message, part);
  };
  if (!isRecord(raw)) note(path, `must be a pattern with match and fix, received ${show(raw)}`);
  else checkMembers(raw, path, note);
  return faults === 0 && isRecord(raw) ? normalForm(raw) : undefined;
}

function checkMembers(raw: Readonly<Record<string, unknown>>, path: DocumentPath, report: Report): void {
  for (const key of Object.keys(raw)) {
    if (raw[key] === undefined) continue;
    if (KEYS.includes(key)) checkScalar(key, raw[key], [...path, key], report);
    else
      report(
        [...path, key],
        `unknown key "${key}".${didYouMean(key, KEYS)} Accepted: ${KEYS.join(', ')}`,
        'key',
      );
  }
  const matchKey = Object.hasOwn(raw, 'pattern') ? 'pattern' : 'match';
  if (matchKey === 'pattern' && Object.hasOwn(raw, 'match')) {
    report([...path, 'match'], '"match" and its shorthand "pattern" exclude each other', 'key');
  }
  checkParts(raw, matchKey, path, report);
  if (matchKey === 'match' && raw['id'] === undefined) report(path, `must have an id: ${NAME_RULE}`);
}

/** The parts that have a structure of their own. */
function checkParts(
  raw: Readonly<Record<string, unknown>>,
  matchKey: string,
  path: DocumentPath,
  report: Report,
): void {
  const { scope, fix, tests } = raw;
  const match = raw[matchKey];
  if (scope !== undefined) checkScope(scope, [...path, 'scope'], report);
  const inScope = (acceptedBy(scope, 'api') ?? []).filter((api) => KNOWN_APIS.includes(api));
  const apis = own(match, 'api') === undefined && inScope.length > 0 ? inScope : apisOf(match);
  if (match === undefined) report(path, 'must have a match: the fields of the requests it is for');
  else checkMatch(match, [...path, matchKey], { report, apis });
  if (fix === undefined) report(path, 'must have a fix: a list of operations');
  else checkRepair(fix, [...path, 'fix'], { report, apis, isLossy: raw['lossy'] === true });
  if (tests !== undefined) checkTests(tests, [...path, 'tests'], { report, apis });
}

function checkScalar(key: string, value: unknown, path: DocumentPath, report: Report): void {
  const problem = PATTERN_KEYS[key]?.check?.(value);
  if (problem !== undefined) report(path, `${problem}; received ${show(value)}`);
}

/** A fix may be written short, as the values to set. An operation's name there is a forgotten list dash. */
function checkRepair(fix: unknown, path: DocumentPath, scope: Parameters<typeof checkFix>[2]): void {
  if (!isRecord(fix)) return checkFix(fix, path, scope);
  const operation = Object.keys(fix).find((key) => FIX_OPERATIONS.some((name) => name === key));
  if (operation !== undefined) {
    const advice = `operations stand in a list; write "- ${operation}: ...", or "- set: { ${operation}: ... }" for the parameter`;
    return scope.report([...path, operation], advice, 'key');
  }
  if (Object.keys(fix).length === 0)
    return scope.report(path, 'must set at least one value: an empty fix changes nothing');
  const relocated: Report = (at, message, part) =>
    scope.report([...path, ...at.slice(path.length + 2)], message, part);
  checkFix([{ set: fix }], path, { ...scope, report: relocated });
}

/** Tests are left out: they are for people who change the pattern, not for processes that run it. */
function normalForm(raw: Readonly<Record<string, unknown>>): PatternDefinition {
  const {
    pattern,
    tests: _,
    scope,
    ...rest
  } = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  const match = rest['match'] ?? pattern;
  const fix = isRecord(rest['fix']) ? [{ set: rest['fix'] }] : rest['fix'];
  const id = rest['id'] ?? `registered.${shortFingerprint(JSON.stringify([match, fix]))}`;
  const place = scope === undefined ? {} : { scope: normalScope(scope) };
  const whole: Readonly<Record<string, unknown>> = {
    version: 1,
    confidence: 1,
    rollout: 1,
    priority: 0,
    ...rest,
    ...place,
    id,
    match,
    fix,
  };
  // Every member was checked above; the compiler cannot follow that through the table of rules.
  return whole as unknown as PatternDefinition;
}

function normalScope(scope: unknown): Readonly<Record<string, readonly string[]>> {
  const parts = Object.keys(SCOPE_PARTS) as (keyof typeof SCOPE_PARTS)[]; // the table's own keys
  return Object.fromEntries(
    parts.flatMap((part) => {
      const accepted = acceptedBy(scope, part);
      return accepted === undefined ? [] : [[part, [...new Set(accepted)]]];
    }),
  );
}
