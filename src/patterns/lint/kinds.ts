import { isRecord } from '../own.js';

/** JSON types, integers being numbers. */
export type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null';

/** All of them. */
export const KINDS: readonly Kind[] = ['string', 'number', 'boolean', 'array', 'object', 'null'];

const TEXT: readonly Kind[] = ['string'];
const NUMBER: readonly Kind[] = ['number'];
const MEASURED: readonly Kind[] = ['string', 'array'];

/** Types of the values an operator can hold for; `contains` and quantifiers depend on their argument or their field. */
const BY_OPERATOR: { readonly [op: string]: readonly Kind[] } = {
  '>': NUMBER,
  '>=': NUMBER,
  '<': NUMBER,
  '<=': NUMBER,
  matches: TEXT,
  starts_with: TEXT,
  similar: TEXT,
  exact: TEXT,
  length: MEASURED,
  any: MEASURED, // some texts stand for a list of one
  every: MEASURED,
  none: MEASURED,
};

/** JSON types of the values an operator can hold for. */
export function kindsOf(op: string, argument: unknown): readonly Kind[] {
  if (op === '=') return [kindOf(argument)];
  if (op === 'in') return Array.isArray(argument) ? argument.map(kindOf) : KINDS;
  if (op === 'contains') return typeof argument === 'string' ? MEASURED : ['array'];
  if (op === 'type') return namedKinds(argument);
  return BY_OPERATOR[op] ?? KINDS;
}

/** The JSON type of a value. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isRecord(value)) return 'object';
  return KINDS.find((kind) => kind === typeof value) ?? 'object';
}

function namedKinds(argument: unknown): readonly Kind[] {
  const names: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  return KINDS.filter((kind) => names.includes(kind) || (kind === 'number' && names.includes('integer')));
}
