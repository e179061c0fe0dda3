import { openaiRefusal } from './openai-refusal.js';
import type { Refusal } from './rule.js';
import type { Fault, Path, ShapeType } from './shape.js';

const TYPES: Readonly<Record<ShapeType, string>> = {
  text: 'a string',
  decimal: 'a decimal',
  integer: 'an integer',
  flag: 'a boolean',
  list: 'an array',
  object: 'an object',
  anything: 'a value',
};

/** A path as OpenAI prints it, e.g. `messages[0].content[1].type`. */
export function openaiPath(path: Path): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('');
}

/** Several values as OpenAI lists them: `'a', 'b', and 'c'`. */
export function openaiValues(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  const last = quoted.at(-1) ?? '';
  if (quoted.length < 3) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${last}`;
}

/** What is said of each kind of fault, and its code. */
const WORDS: Readonly<Record<Fault['kind'], (fault: Fault, place: string) => readonly [string, string]>> = {
  missing: (_fault, place) => [`Missing required parameter: '${place}'.`, 'missing_required_parameter'],
  unknown: (_fault, place) => [`Unknown parameter: '${place}'.`, 'unknown_parameter'],
  type: ({ type, value }, place) => [
    `Invalid type for '${place}': expected ${TYPES[type]}, but got ${typeName(value)} instead.`,
    'invalid_type',
  ],
  value: notSupported,
  tag: notSupported,
  minimum: (fault, place) => outOfRange(fault, place, ['below minimum', '>=', 'below_min']),
  maximum: (fault, place) => outOfRange(fault, place, ['above maximum', '<=', 'above_max']),
  short: ({ expected }, place) => [
    `Invalid '${place}': empty string. Expected a string with minimum length ${String(expected)}, but got an empty string instead.`,
    'empty_string',
  ],
  long: ({ expected, value }, place) => [
    `Invalid '${place}': string too long. Expected a string with maximum length ${String(expected)}, but got a string with length ${sizeOf(value)} instead.`,
    'string_above_max_length',
  ],
  few: ({ expected }, place) => [
    `Invalid '${place}': empty array. Expected an array with minimum length ${String(expected)}, but got an empty array instead.`,
    'empty_array',
  ],
  many: ({ expected, value }, place) => [
    `Invalid '${place}': array too long. Expected an array with maximum length ${String(expected)}, but got an array with length ${sizeOf(value)} instead.`,
    'array_above_max_length',
  ],
  crowded: ({ expected, value }, place) => [
    `Invalid '${place}': too many properties. Expected an object with at most ${String(expected)} properties, but got an object with ${sizeOf(value)} properties instead.`,
    'object_above_max_properties',
  ],
  pattern: ({ expected }, place) => [
    `Invalid '${place}': string does not match pattern. Expected a string that matches the pattern '${String(expected)}'.`,
    'invalid_value',
  ],
};

/** A fault in OpenAI's words. */
export function openaiWording(fault: Fault): Refusal {
  const place = openaiPath(fault.path);
  const [message, code] = WORDS[fault.kind](fault, place);
  return openaiRefusal(message, place, code);
}

function notSupported({ value, expected }: Fault): readonly [string, string] {
  const accepted = openaiValues(Array.isArray(expected) ? expected.map(String) : []);
  return [`Invalid value: '${String(value)}'. Supported values are: ${accepted}.`, 'invalid_value'];
}

function outOfRange(
  { type, expected, value }: Fault,
  place: string,
  [side, sign, code]: readonly [string, string, string],
): readonly [string, string] {
  const message = `Invalid '${place}': ${type} ${side} value. Expected a value ${sign} ${String(expected)}, but got ${String(value)} instead.`;
  return [message, `${type}_${code}_value`];
}

/** Characters of a text, items of a list, properties of an object. */
function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length : Object.keys(value ?? {}).length;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
