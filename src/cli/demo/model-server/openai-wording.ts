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

/** A fault in OpenAI's words. */
export function openaiWording({ path, kind, type, expected, value }: Fault): Refusal {
  const place = openaiPath(path);
  const refuse = (message: string, code: string): Refusal => openaiRefusal(message, place, code);
  const size = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
  switch (kind) {
    case 'missing':
      return refuse(`Missing required parameter: '${place}'.`, 'missing_required_parameter');
    case 'unknown':
      return refuse(`Unknown parameter: '${place}'.`, 'unknown_parameter');
    case 'type':
      return refuse(
        `Invalid type for '${place}': expected ${TYPES[type]}, but got ${typeName(value)} instead.`,
        'invalid_type',
      );
    case 'value':
    case 'tag':
      return refuse(
        `Invalid value: '${String(value)}'. Supported values are: ${openaiValues(expected as readonly string[])}.`, // both kinds list them
        'invalid_value',
      );
    case 'minimum':
      return refuse(
        `Invalid '${place}': ${type} below minimum value. Expected a value >= ${String(expected)}, but got ${String(value)} instead.`,
        `${type}_below_min_value`,
      );
    case 'maximum':
      return refuse(
        `Invalid '${place}': ${type} above maximum value. Expected a value <= ${String(expected)}, but got ${String(value)} instead.`,
        `${type}_above_max_value`,
      );
    case 'short':
      return refuse(
        `Invalid '${place}': empty string. Expected a string with minimum length ${String(expected)}, but got an empty string instead.`,
        'empty_string',
      );
    case 'long':
      return refuse(
        `Invalid '${place}': string too long. Expected a string with maximum length ${String(expected)}, but got a string with length ${size} instead.`,
        'string_above_max_length',
      );
    case 'few':
      return refuse(
        `Invalid '${place}': empty array. Expected an array with minimum length ${String(expected)}, but got an empty array instead.`,
        'empty_array',
      );
    case 'many':
      return refuse(
        `Invalid '${place}': array too long. Expected an array with maximum length ${String(expected)}, but got an array with length ${size} instead.`,
        'array_above_max_length',
      );
    case 'crowded':
      return refuse(
        `Invalid '${place}': too many properties. Expected an object with at most ${String(expected)} properties, but got an object with ${Object.keys(value as object).length} properties instead.`, // an object has them
        'object_above_max_properties',
      );
    case 'pattern':
      return refuse(
        `Invalid '${place}': string does not match pattern. Expected a string that matches the pattern '${String(expected)}'.`,
        'invalid_value',
      );
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
