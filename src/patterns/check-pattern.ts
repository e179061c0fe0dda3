import { show } from '../contract/errors.js';
import { FIX_OPERATIONS } from '../contract/fix.js';
import type { PatternDefinition } from '../contract/pattern.js';
import { checkFix } from './check-fix.js';
import { apisOf, checkMatch } from './check-match.js';
import { shortFingerprint } from './fingerprint.js';
import { didYouMean } from './nearest.js';
import { isRecord } from './own.js';
import type { DocumentPath, Report } from './report.js';

type Rule = (value: unknown) => string | undefined;

const LONGEST_NAME = 128;
const NAME_RULE = `must be lower-case words joined by dots and dashes, at most ${LONGEST_NAME} characters`;

/** Keys of a pattern besides `match` and `fix`, with the rule each value must keep. */
const SCALARS: { readonly [key: string]: Rule } = {
  id: nameProblem,
  version: (value) =>
    Number.isSafeInteger(value) && Number(value) >= 1 ? undefined : 'must be a whole number from 1',
  description: textProblem,
  confidence: shareProblem,
  expires: instantProblem,
  rollout: shareProblem,
  priority: (value) => (Number.isFinite(value) ? undefined : 'must be a finite number'),
  mode: (value) =>
    ['apply', 'shadow', 'off'].some((mode) => mode === value) ? undefined : 'must be apply, shadow or off',
  source: textProblem,
};
const KEYS: readonly string[] = [...Object.keys(SCALARS), 'match', 'pattern', 'fix'];

/** What is wrong with a pattern id or pack name, or undefined. */
export function nameProblem(value: unknown): string | undefined {
  const fits =
    typeof value === 'string' && value.length <= LONGEST_NAME && /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(value);
  return fits ? undefined : NAME_RULE;
}

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
  if (raw[matchKey] === undefined) report(path, 'must have a match: the fields of the requests it is for');
  else checkMatch(raw[matchKey], [...path, matchKey], report);
  if (raw['fix'] === undefined) report(path, 'must have a fix: a list of operations');
  else checkRepair(raw['fix'], [...path, 'fix'], { report, apis: apisOf(raw[matchKey]) });
  if (matchKey === 'match' && raw['id'] === undefined)
    report(path, `must have an id: ${NAME_RULE.slice('must be '.length)}`);
}

function checkScalar(key: string, value: unknown, path: DocumentPath, report: Report): void {
  const problem = SCALARS[key]?.(value);
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

function normalForm(raw: Readonly<Record<string, unknown>>): PatternDefinition {
  const { pattern, ...rest } = Object.fromEntries(
    Object.entries(raw).filter(([, value]) => value !== undefined),
  );
  const match = rest['match'] ?? pattern;
  const fix = isRecord(rest['fix']) ? [{ set: rest['fix'] }] : rest['fix'];
  const id = rest['id'] ?? `registered.${shortFingerprint(JSON.stringify([match, fix]))}`;
  // Every member was checked above; the compiler cannot follow that through the table of rules.
  return { version: 1, confidence: 1, rollout: 1, priority: 0, ...rest, id, match, fix } as PatternDefinition;
}

function textProblem(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : 'must be a text';
}

function shareProblem(value: unknown): string | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'must be a number from 0 to 1';
}

function instantProblem(value: unknown): string | undefined {
  const rule = 'must be an RFC 3339 instant such as 2027-11-01T00:00:00Z';
  if (typeof value !== 'string') return rule;
  const date = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/.exec(
    value,
  )?.[1];
  if (date === undefined || Number.isNaN(Date.parse(value))) return rule;
  // V8 reads 30 February as 2 March; a day that does not survive the round trip does not exist.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? undefined : rule;
}
