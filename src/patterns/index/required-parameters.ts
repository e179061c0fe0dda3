import type { Match, Operators } from '../../contract/pattern.js';
import { isSettingsPath } from '../google-request.js';
import { isRecord } from '../own.js';
import { parameterPath } from '../path.js';
import { CONTEXT_FIELDS, VIEW_FIELDS } from '../view-fields.js';

/** Operators that an absent field can pass. */
const PASS_ABSENT: readonly (keyof Operators)[] = ['!=', 'not_in'];
/** Parameters of nearly every request: they tell little apart. */
const COMMON: readonly string[] = ['messages', 'contents', 'input', 'modelId', 'max_tokens', 'stream'];

/**
 * Parameters one of which a request must have for a match to hold; undefined when the match does not say.
 * @example requiredParameters({ api: 'ollama.chat', any: [{ seed: 7 }, { 'options.seed': 7 }] }) // ['seed', 'options']
 */
export function requiredParameters(match: Match): readonly string[] | undefined {
  const named = Object.entries(match).flatMap(([field, condition]) => rootOf(field, condition) ?? []);
  const best = named.find((name) => !COMMON.includes(name));
  if (best !== undefined) return [best];
  const branches = match.any?.map(requiredParameters);
  const ofAny = branches?.every((names) => names !== undefined) ? [...new Set(branches.flat())] : undefined;
  if (ofAny !== undefined && !ofAny.some((name) => COMMON.includes(name))) return ofAny;
  return named.length > 0 ? named.slice(0, 1) : ofAny;
}

/** The parameter a condition cannot do without. */
function rootOf(field: string, condition: Match[string]): string | undefined {
  if (field === 'any' || field === 'all' || field === 'not') return undefined;
  return needsValue(condition) ? parameterOf(field) : undefined;
}

/**
 * The parameter without which a field is absent; undefined for what is no parameter, or stands under several names.
 * @example parameterOf('thinking.budget_tokens') // 'thinking'
 */
export function parameterOf(field: string): string | undefined {
  if (field.startsWith('facts.') || VIEW_FIELDS.includes(field) || CONTEXT_FIELDS.includes(field))
    return undefined;
  const path = parameterPath(field);
  return isSettingsPath(path) ? undefined : path[0]; // Google's settings stand in two places
}

function needsValue(condition: Match[string]): boolean {
  if (!isRecord(condition)) return true;
  return Object.entries(condition).some(([operator, argument]) =>
    operator === 'exists' ? argument === true : !PASS_ABSENT.some((passing) => passing === operator),
  );
}
