import { show } from '../contract/errors.js';
import { KNOWN_APIS } from './fields.js';
import { didYouMean } from './nearest.js';
import { isRecord, own } from './own.js';
import { SCOPE_PARTS } from './pattern-keys.js';
import type { DocumentPath, Report } from './report.js';

const PARTS: readonly string[] = Object.keys(SCOPE_PARTS);

/** Checks a scope and reports everything that is wrong with it. */
export function checkScope(scope: unknown, path: DocumentPath, report: Report): void {
  if (!isRecord(scope) || Object.keys(scope).length === 0) {
    const received = show(scope);
    return report(path, `must be an object with at least one of ${PARTS.join(', ')}; received ${received}`);
  }
  for (const [part, accepted] of Object.entries(scope)) {
    const at = [...path, part];
    if (!PARTS.includes(part)) {
      report(at, `unknown part "${part}".${didYouMean(part, PARTS)} Accepted: ${PARTS.join(', ')}`, 'key');
    } else checkAccepted(part, accepted, at, report);
  }
}

/** The values of one part: a text stands for a list of one. */
export function acceptedBy(scope: unknown, part: keyof typeof SCOPE_PARTS): readonly string[] | undefined {
  const accepted = own(scope, part);
  if (accepted === undefined) return undefined;
  return (Array.isArray(accepted) ? accepted : [accepted]).filter((value) => typeof value === 'string');
}

function checkAccepted(part: string, accepted: unknown, path: DocumentPath, report: Report): void {
  const isList = Array.isArray(accepted);
  const values: readonly unknown[] = isList ? accepted : [accepted];
  if (values.length === 0) report(path, 'must hold at least one text: nothing would be in scope');
  values.forEach((value, index) => {
    const at = isList ? [...path, index] : path;
    if (typeof value !== 'string' || value === '')
      report(at, `must be a text, or a list of texts; received ${show(value)}`);
    else if (part === 'api' && !KNOWN_APIS.includes(value)) report(at, unknownApi(value));
  });
}

/** A misspelt API would make a pattern that never matches, so the names are checked. */
export function unknownApi(name: string): string {
  return `unknown API "${name}".${didYouMean(name, KNOWN_APIS)} Accepted: ${KNOWN_APIS.join(', ')}`;
}
