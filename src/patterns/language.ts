import type { JsonTypeName, Operators } from '../contract/pattern.js';
import { isRecord } from './own.js';
import { regexProblem } from './regex.js';

/** An operator: what it means, and what is wrong with an argument (undefined when nothing is). */
export interface OperatorSpec {
  readonly doc: string;
  readonly check: (argument: unknown) => string | undefined;
}

const TYPES: readonly JsonTypeName[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const LENGTH_OPERATORS: readonly string[] = ['=', '!=', '>', '>=', '<', '<='];

/** Deepest nesting of a JSON value in a pack; a deeper one is a mistake or an attack. */
const MAX_JSON_DEPTH = 64;

const JSON_RULE = 'must be a JSON value: text, finite number, boolean, null, list or object';

/** Every operator by name, in the order they are documented. */
export const OPERATORS: { readonly [Op in keyof Operators]-?: OperatorSpec } = {
  '=': { doc: 'Equal, objects and lists in depth.', check: jsonProblem },
  '!=': { doc: 'Not equal; holds for an absent field.', check: jsonProblem },
  '>': { doc: 'A number above this number or field.', check: boundProblem },
  '>=': { doc: 'A number at or above this number or field.', check: boundProblem },
  '<': { doc: 'A number below this number or field.', check: boundProblem },
  '<=': { doc: 'A number at or below this number or field.', check: boundProblem },
  in: { doc: 'Equal to one of these.', check: listProblem },
  not_in: { doc: 'Equal to none of these; holds for an absent field.', check: listProblem },
  exists: { doc: 'Present (true) or absent (false); null is present.', check: flagProblem },
  type: { doc: `One of the JSON types ${TYPES.join(', ')}.`, check: typeProblem },
  matches: { doc: 'A text in which this RE2 expression is found.', check: matchesProblem },
  contains: { doc: 'A text with this part, or a list with this item.', check: containsProblem },
  starts_with: { doc: 'A text that starts with this.', check: textProblem },
  length: { doc: 'Length of a text in UTF-16 units or of a list in items.', check: lengthProblem },
  similar: { doc: 'A text like this one, by its character 4-grams.', check: similarProblem },
  exact: { doc: 'This whole text, Unicode form and whitespace aside.', check: visibleTextProblem },
};

/** What keeps a value from being JSON, or undefined. */
export function jsonProblem(value: unknown): string | undefined {
  return isJson(value, 0) ? undefined : JSON_RULE;
}

/** What is wrong with a text that must have a visible character, or undefined. */
export function visibleTextProblem(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? undefined
    : 'must be a text with a visible character';
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= MAX_JSON_DEPTH) return false;
  if (Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((item) => isJson(item, depth + 1));
}

function boundProblem(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return undefined;
  const keys = isRecord(value) ? Object.keys(value) : [];
  const isReference = isRecord(value) && keys.length === 1 && typeof value['field'] === 'string';
  return isReference ? undefined : 'must be a number, or { field: <name of another field> }';
}

function listProblem(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.length > 0 && isJson(value, 0);
  return isList ? undefined : 'must be a list with at least one JSON value';
}

function flagProblem(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
}

function typeProblem(value: unknown): string | undefined {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const known = names.length > 0 && names.every((name) => TYPES.some((type) => type === name));
  return known ? undefined : `must be one of ${TYPES.join(', ')}, or a list of them`;
}

function textProblem(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'must be a text of at least one character';
}

function matchesProblem(value: unknown): string | undefined {
  return textProblem(value) ?? regexProblem(String(value));
}

function containsProblem(value: unknown): string | undefined {
  return value === '' ? 'must not be an empty text, which every text contains' : jsonProblem(value);
}

function lengthProblem(value: unknown): string | undefined {
  const rule = `must be a whole number of at least 0, or comparisons of it with ${LENGTH_OPERATORS.join(', ')}`;
  if (!isRecord(value)) return isCount(value) ? undefined : rule;
  const entries = Object.entries(value);
  const fits = entries.every(([op, bound]) => LENGTH_OPERATORS.includes(op) && isCount(bound));
  return entries.length > 0 && fits ? undefined : rule;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function similarProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return visibleTextProblem(value);
  const { to, threshold = 1, ...rest } = value;
  const inRange = typeof threshold === 'number' && threshold > 0 && threshold <= 1;
  if (visibleTextProblem(to) === undefined && inRange && Object.keys(rest).length === 0) return undefined;
  return 'must be a text, or { to: <text>, threshold: <number above 0 and at most 1> }';
}
