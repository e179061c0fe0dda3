import type { JsonTypeName } from '../contract/pattern.js';
import type { Json } from '../contract/request.js';
import { isRecord } from './own.js';
import { regexProblem } from './regex.js';

/** A fragment of JSON Schema, draft 7: what editors check with. */
export type Schema = { readonly [keyword: string]: Json };

/** What an operator takes: in words for the reference, as a schema for editors, and the rule that decides. */
export interface Argument {
  /** As a cell of a table, in Markdown. */
  readonly takes: string;
  readonly schema: Schema;
  /** What is wrong with an argument, or undefined when nothing is. */
  readonly check: (argument: unknown) => string | undefined;
}

const TYPES: readonly JsonTypeName[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const LENGTH_OPERATORS: readonly string[] = ['=', '!=', '>', '>=', '<', '<='];

/** Deepest nesting of a JSON value in a pack; a deeper one is a mistake or an attack. */
const MAX_JSON_DEPTH = 64;

const JSON_RULE = 'must be a JSON value: text, finite number, boolean, null, list or object';
const COUNT: Schema = { type: 'integer', minimum: 0 };
const VISIBLE: Schema = { type: 'string', pattern: '\\S' };

/** The kinds of arguments operators take. */
export const ARGUMENTS = {
  json: { takes: 'any JSON value', schema: {}, check: jsonProblem },
  bound: {
    takes: 'a number, or `{ field: other.field }`',
    schema: {
      anyOf: [
        { type: 'number' },
        {
          type: 'object',
          properties: { field: { type: 'string', description: 'Another field of the same request.' } },
          required: ['field'],
          additionalProperties: false,
        },
      ],
    },
    check: boundProblem,
  },
  list: { takes: 'a list of JSON values', schema: { type: 'array', minItems: 1 }, check: listProblem },
  flag: { takes: '`true` or `false`', schema: { type: 'boolean' }, check: flagProblem },
  type: {
    takes: 'the name of a type, or a list of names',
    schema: {
      anyOf: [{ enum: TYPES }, { type: 'array', items: { enum: TYPES }, minItems: 1 }],
    },
    check: typeProblem,
  },
  regex: {
    takes: 'a regular expression in RE2 syntax',
    schema: { type: 'string', minLength: 1 },
    check: matchesProblem,
  },
  part: { takes: 'a text, or a JSON value', schema: { not: { const: '' } }, check: containsProblem },
  text: { takes: 'a text', schema: { type: 'string', minLength: 1 }, check: textProblem },
  length: {
    takes: 'a whole number, or comparisons of it',
    schema: {
      anyOf: [
        COUNT,
        {
          type: 'object',
          properties: Object.fromEntries(LENGTH_OPERATORS.map((op) => [op, COUNT])),
          minProperties: 1,
          additionalProperties: false,
        },
      ],
    },
    check: lengthProblem,
  },
  similar: {
    takes: 'a text, or `{ to: text, threshold: number }`',
    schema: {
      anyOf: [
        VISIBLE,
        {
          type: 'object',
          properties: { to: VISIBLE, threshold: { type: 'number', exclusiveMinimum: 0, maximum: 1 } },
          required: ['to'],
          additionalProperties: false,
        },
      ],
    },
    check: similarProblem,
  },
  visible: { takes: 'a text', schema: VISIBLE, check: visibleTextProblem },
  item: {
    takes: 'a match of one item',
    schema: { $ref: '#/definitions/item' },
    check: itemProblem,
  },
} as const satisfies Readonly<Record<string, Argument>>;

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

/** Only the outside: what stands in the match is checked where it stands, see `check-match.ts`. */
function itemProblem(value: unknown): string | undefined {
  if (isRecord(value)) return undefined;
  const advice = Array.isArray(value)
    ? 'alternatives go inside, as { any: [...] }'
    : 'to test the item itself write { item: ... }';
  return `must be a match of one item; ${advice}`;
}
