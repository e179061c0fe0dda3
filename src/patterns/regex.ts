import { RE2JS } from 're2js';

/** Longest text whose result is remembered; longer ones are prompts, which do not repeat. */
const MEMO_LENGTH = 256;

/** A compiled test of a text. */
export type TextTest = (text: string) => boolean;

/**
 * Compiles a regular expression in RE2 syntax: unanchored, linear in the text whatever the expression.
 * Models and other short values repeat from call to call, so the last short text and its result are kept.
 * @throws {Error} when the expression is not RE2; {@link regexProblem} says why in words.
 */
export function compileRegex(source: string): TextTest {
  const regex = RE2JS.compile(source);
  let lastText: string | undefined;
  let lastResult = false;
  return (text) => {
    if (text === lastText) return lastResult;
    const result = regex.test(text);
    if (text.length <= MEMO_LENGTH) [lastText, lastResult] = [text, result];
    return result;
  };
}

/** What is wrong with a regular expression, or undefined when it compiles. */
export function regexProblem(source: string): string | undefined {
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `must be a regular expression in RE2 syntax (lookaround and back-references are not supported): ${reason}`;
  }
}
