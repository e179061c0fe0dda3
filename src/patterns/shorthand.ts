import { PackError, type PackProblem } from '../contract/errors.js';
import type { PatternDefinition, PatternShorthand } from '../contract/pattern.js';
import { checkPattern } from './check-pattern.js';
import { formatPath } from './report.js';

/** What a problem's position says for a pattern that stands in code. */
const POSITION = { file: 'registerPattern', line: 1, column: 1 } as const;

/**
 * Brings a pattern from its short form into the normal form. Left out: confidence 1, version 1, rollout 1, priority 0, and
 * an id made of `registered.` and a fingerprint of pattern and fix.
 * @throws {PackError} with everything that is wrong.
 * @example
 * definePattern({ pattern: { model: 'gpt-4', temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } }).fix
 * // [{ set: { temperature: 0.7 } }]
 */
export function definePattern(shorthand: PatternShorthand): PatternDefinition {
  const problems: PackProblem[] = [];
  const pattern = checkPattern(shorthand, [], (path, message) => {
    problems.push({ position: POSITION, field: formatPath(path), message });
  });
  if (pattern === undefined) throw new PackError(problems);
  return structuredClone(pattern); // the caller may go on changing what it handed over
}
