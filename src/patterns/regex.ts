import type { RE2JS } from 're2js';
import { plainExpression } from './plain-expression.js';

/** Longest text whose result is remembered; longer ones are prompts, which do not repeat. */
const MEMO_LENGTH = 256;
/** Most texts an expression remembers results for. */
const MEMO_TEXTS = 64;
/** Most compiled expressions kept for sharing. */
const SHARED_EXPRESSIONS = 4_096;

/** A compiled test of a text. */
export type TextTest = (text: string) => boolean;

/** Patterns of a pack name the same models with the same expressions; each is compiled and remembers results once. */
const shared = new Map<string, TextTest>();

/**
 * Compiles a regular expression in RE2 syntax: unanchored, linear in the text whatever the expression.
 * Models and other short values repeat from call to call, so results for short texts are kept.
 * @throws {Error} when the expression is not RE2; {@link regexProblem} says why in words.
 */
export function compileRegex(source: string): TextTest {
  const known = shared.get(source);
  if (known) return known;
  const test = plainTest(source) ?? remember(re2().compile(source));
  if (shared.size >= SHARED_EXPRESSIONS) shared.clear();
  shared.set(source, test);
  return test;
}

/** JavaScript's own engine where it is as safe. */
function plainTest(source: string): TextTest | undefined {
  const plain = plainExpression(source);
  if (!plain) return undefined;
  const { regex, longest } = plain;
  if (longest === Infinity) return (text) => regex.test(text);
  let linear: TextTest | undefined;
  return (text) =>
    text.length <= longest ? regex.test(text) : (linear ??= remember(re2().compile(source)))(text);
}

/** Loaded when the first expression needs it: start-up time belongs to the application. */
function re2(): typeof RE2JS {
  const { RE2JS: loaded } = require('re2js') as typeof import('re2js');
  return loaded;
}

/** What is wrong with a regular expression, or undefined when it compiles. */
export function regexProblem(source: string): string | undefined {
  try {
    compileRegex(source);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `must be a regular expression in RE2 syntax (lookaround and back-references are not supported): ${reason}`;
  }
}

function remember(regex: RE2JS): TextTest {
  const results = new Map<string, boolean>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = regex.test(text);
    if (text.length > MEMO_LENGTH) return result;
    if (results.size >= MEMO_TEXTS) results.clear();
    results.set(text, result);
    return result;
  };
}
