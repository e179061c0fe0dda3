import type { FieldChange } from '../../contract/decision.js';
import { ArcError, show, type PackProblem, type Position } from '../../contract/errors.js';
import { runTest, type TestOutcome } from '../../fixes/run-test.js';
import type { PackText } from '../../patterns/parse-pack.js';
import { testsOf } from '../../patterns/pattern-tests.js';
import { formatPath } from '../../patterns/report.js';
import type { CommandContext } from '../command.js';
import { plural } from '../plural.js';
import { isCompiled } from './pack-files.js';
import { readPackTextOf } from './pack-texts.js';

/** Flags of `arc packs test`. */
export interface TestFlags {
  readonly json?: boolean;
}

/** A test of a pack file and how it went. */
export interface TestRun {
  readonly pattern: string;
  readonly name: string;
  readonly field: string;
  readonly position: Position;
  readonly outcome: TestOutcome;
}

/** Runs the tests of pack files. @returns whether all passed. @throws {PackError} for a pack that is malformed. */
export function testPacks(files: readonly string[], { json }: TestFlags, context: CommandContext): boolean {
  const runs = files.flatMap((file) => {
    if (isCompiled(file))
      throw new ArcError('ARC_USAGE', `${file} is compiled and has no tests; its source has`);
    return runTests(readPackTextOf(file));
  });
  const failed = runs.filter(({ outcome }) => !outcome.passed).length;
  if (json) context.stdout(JSON.stringify(runs.map(toJson), null, 2));
  else {
    for (const run of runs) for (const line of describe(run)) context.stdout(line);
    context.stdout(`${plural(runs.length, 'test')}, ${runs.length - failed} passed, ${failed} failed`);
  }
  return failed === 0;
}

/** Runs every test of a pack. */
export function runTests(text: PackText): readonly TestRun[] {
  return testsOf(text).map(({ pattern, test, path }) => ({
    pattern: pattern.id,
    name: test.name ?? `test ${Number(path.at(-1)) + 1}`,
    field: formatPath(path),
    position: text.document.locate(path, 'value'),
    outcome: runTest(pattern, test),
  }));
}

/** The failed tests as problems of the pack. */
export function failuresOf(runs: readonly TestRun[]): readonly PackProblem[] {
  return runs.flatMap(({ name, field, position, outcome }) => {
    if (outcome.passed) return [];
    const differences = outcome.differences.map((change) => `; ${describeDifference(change)}`).join('');
    return [{ position, field, message: `test "${name}" failed: ${outcome.message}${differences}` }];
  });
}

function describe({ pattern, name, position, outcome }: TestRun): readonly string[] {
  if (outcome.passed) return [`ok      ${pattern}: ${name}`];
  const { file, line, column } = position;
  return [
    `failed  ${pattern}: ${name} (${file}:${line}:${column})`,
    `        ${outcome.message}`,
    ...outcome.differences.flatMap(({ path, before, after }) => [
      `        - ${path || '(parameters)'}: ${show(before)}`,
      `        + ${path || '(parameters)'}: ${show(after)}`,
    ]),
  ];
}

function describeDifference({ path, before, after }: FieldChange): string {
  return `${path || '(parameters)'}: ${show(before)} became ${show(after)}`;
}

function toJson({ position, outcome, ...run }: TestRun): object {
  return { ...run, ...position, ...outcome };
}
