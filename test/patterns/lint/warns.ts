import test from 'ava';
import { formatProblem } from '../../../src/contract/errors.js';
import { warningsOf } from '../../../src/patterns/lint/warnings.js';
import { readPackText } from '../../../src/patterns/parse-pack.js';

/** When the tests are run. */
export const NOW = Date.parse('2027-01-01T00:00:00Z');
const API = 'api: openai.chat.completions';

/** One pattern on one line. */
export const line = (id: string, match: string, fix: string, more = ''): string =>
  `- { id: ${id}, match: { ${API}, ${match} }, fix: [${fix}]${more} }`;
/** What is said of patterns in a file `f.yaml`. */
export const warnings = (...lines: readonly string[]): readonly string[] =>
  warningsOf([readPackText(lines.join('\n'), 'f.yaml')], NOW).map(formatProblem);

/** Checks that one warning is given, where and in which words. */
export const warns = test.macro({
  exec(t, lines: readonly string[], where: string, words: RegExp) {
    const found = warnings(...lines);
    t.is(found.length, 1, found.join('\n'));
    t.true(found[0]?.startsWith(`f.yaml:${where}: `), found[0]);
    t.regex(found[0] ?? '', words);
  },
  title: (given) => `lint: warns of ${given}`,
});
/** Checks that nothing is said. */
export const silent = test.macro({
  exec: (t, lines: readonly string[]) => t.deepEqual(warnings(...lines), []),
  title: (given) => `lint: says nothing of ${given}`,
});

/** Matches, and a fix of what they find. */
export const HOT = "temperature: { '>': 1 }";
export const HOTTER = "temperature: { '>': 1.5 }";
export const COOL = '{ set: { temperature: 0.7 } }';
