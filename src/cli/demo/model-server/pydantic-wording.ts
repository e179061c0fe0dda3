import type { Fault, ShapeType } from './shape.js';

const TYPES: Readonly<Record<ShapeType, string>> = {
  text: 'string',
  decimal: 'number',
  integer: 'integer',
  flag: 'boolean',
  list: 'list',
  object: 'dictionary',
  anything: 'value',
};

/** A fault as Pydantic words it, without its place; Anthropic, Mistral and vLLM check their requests with it. */
export function pydanticWording({ kind, type, expected, value, path }: Fault): string {
  const bound = String(expected);
  const size = Array.isArray(value) ? value.length : 0;
  const noun = expected === 1 ? '' : 's';
  switch (kind) {
    case 'missing':
      return 'Field required';
    case 'unknown':
      return 'Extra inputs are not permitted';
    case 'type':
      return `Input should be a valid ${TYPES[type]}`;
    case 'value':
      return `Input should be ${alternatives(expected)}`;
    case 'tag':
      return `Input tag '${String(value)}' found using '${String(path.at(-1))}' does not match any of the expected tags: ${quoted(expected).join(', ')}`;
    case 'minimum':
      return `Input should be greater than or equal to ${bound}`;
    case 'maximum':
      return `Input should be less than or equal to ${bound}`;
    case 'short':
      return `String should have at least ${bound} character${noun}`;
    case 'long':
      return `String should have at most ${bound} character${noun}`;
    case 'few':
      return `List should have at least ${bound} item${noun} after validation, not ${size}`;
    case 'many':
      return `List should have at most ${bound} item${noun} after validation, not ${size}`;
    case 'crowded':
      return `Dictionary should have at most ${bound} items after validation`;
    case 'pattern':
      return `String should match pattern '${bound}'`;
  }
}

function quoted(values: Fault['expected']): readonly string[] {
  return Array.isArray(values) ? values.map((value) => `'${String(value)}'`) : [];
}

function alternatives(values: Fault['expected']): string {
  const all = quoted(values);
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} or ${last}`;
}
