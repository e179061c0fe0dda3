import { ArcError, formatProblem, PackError, type Position } from '../../contract/errors.js';
import { compilePattern } from '../../patterns/compile.js';
import { livingPatterns } from '../../patterns/held-pack.js';
import { warningsOf } from '../../patterns/lint/warnings.js';
import type { PackText } from '../../patterns/parse-pack.js';
import type { CommandContext } from '../command.js';
import { plural } from '../plural.js';
import { isCompiled, readPackFiles } from './pack-files.js';
import { readPackTextOf } from './pack-texts.js';
import { failuresOf, runTests } from './packs-test.js';

/** Flags of `arc packs lint`. */
export interface LintFlags {
  readonly strict?: boolean;
}

/**
 * Checks pack files: their form, their tests, and what is probably not meant in them or between them.
 * @returns whether all is well; warnings count only when they are asked to.
 */
export function lintPacks(files: readonly string[], { strict }: LintFlags, context: CommandContext): boolean {
  const texts: PackText[] = [];
  let isClean = true;
  for (const file of files) {
    const text = isCompiled(file) ? readCompiled(file, context) : readOrPrint(file, context);
    if (text === undefined || !passesTests(text, file, context)) isClean = false;
    if (text !== undefined) texts.push(text);
  }
  const warnings = warningsOf(texts, Date.now());
  for (const { message, ...warning } of warnings)
    context.stderr(formatProblem({ ...warning, message: `warning: ${message}` }));
  return isClean && (!strict || warnings.length === 0);
}

function readOrPrint(file: string, context: CommandContext): PackText | undefined {
  try {
    const text = readPackTextOf(file);
    for (const pattern of text.pack.patterns) compilePattern(pattern);
    return text;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    for (const problem of error.problems) context.stderr(formatProblem(problem));
    return undefined;
  }
}

/** Every pattern of a compiled pack, which has no lines: a problem stands at its beginning, by the number of the pattern. */
function readCompiled(file: string, context: CommandContext): PackText | undefined {
  try {
    const found = readPackFiles([file], () => undefined);
    const [{ name, version }] = found.packs;
    const patterns = [...livingPatterns(found.runs)];
    for (const pattern of patterns) compilePattern(pattern);
    const locate = (): Position => ({ file, line: 1, column: 1 });
    return { pack: { name, version, patterns }, document: { value: { patterns: [] }, problems: [], locate } };
  } catch (error) {
    if (!ArcError.is(error) || error.code !== 'ARC_PACK_INVALID') throw error;
    context.stderr(`${file}: ${error.message}`);
    return undefined;
  }
}

function passesTests(text: PackText, file: string, context: CommandContext): boolean {
  const runs = runTests(text);
  const failures = failuresOf(runs);
  for (const problem of failures) context.stderr(formatProblem(problem));
  if (failures.length > 0) return false;
  const { name, patterns } = text.pack;
  const tests = runs.length > 0 ? `, ${plural(runs.length, 'test')} passed` : '';
  context.stdout(`${file}: ${name}, ${plural(patterns.length, 'pattern')}${tests}, no problems`);
  return true;
}
