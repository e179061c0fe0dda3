import type { Match } from '../../contract/pattern.js';
import { isQuantifier } from '../language.js';
import { KNOWN_PARAMETERS } from '../fields.js';
import { isRecord } from '../own.js';

const PARAMETERS: ReadonlySet<string> = new Set(KNOWN_PARAMETERS);

/**
 * True for the matches most large packs are made of, in which nothing can contradict anything: parameters by their plain
 * names, each with a value or one operator. Saves the look at what remains.
 */
export function isPlain(match: Match): boolean {
  for (const key in match) {
    if (!Object.hasOwn(match, key)) continue;
    const value: unknown = match[key];
    if (isText(key) ? !isTextTest(value) : !PARAMETERS.has(key) || !isSingle(value)) return false;
  }
  return true;
}

function isText(key: string): boolean {
  return key === 'api' || key === 'model' || key === 'provider' || key === 'facts.last_user_text';
}

/** Fields that are texts of themselves take a text, or one of the operators for texts. */
function isTextTest(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (!isRecord(value) || !isSingle(value)) return false;
  const { exact, similar, contains, starts_with: start, matches } = value;
  const argument = exact ?? similar ?? contains ?? start ?? matches;
  return typeof argument === 'string';
}

function isSingle(value: unknown): boolean {
  if (!isRecord(value)) return true;
  const [op, ...others] = Object.keys(value);
  return op !== undefined && others.length === 0 && !isQuantifier(op) && !(op === 'type' || op === 'length');
}
