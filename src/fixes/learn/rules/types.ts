import type { Json } from '../../../contract/request.js';
import { fieldOf } from '../locate.js';
import { isEmpty, lossOf } from '../loss.js';
import { type Refused, type Remedy, matchAt } from '../refused.js';

const INTEGER = /integer|whole number|\bint\b|i32|u32|i64|u64|usize/i;
const NUMBER = /number|float|double|numeric|decimal|f32|f64/i;
const BOOLEAN = /bool/i;
const TYPED =
  /(?:not of type|invalid type|type mismatch|must be an?|should be an?|expected an?|expected type|cannot unmarshal|to be an?|unable to parse)/i;
const EMPTY = /empty|null|none|minimum length|at least (?:one|1)|too short|non-empty|min(?:imum)? item/i;

/** Writes a value in the type the provider expects: `140` for `139.75` tokens, `0.5` for `"0.5"`. */
export function types({ text, fields, view }: Refused): Remedy | undefined {
  if (!TYPED.test(text)) return undefined;
  for (const { path, value } of fields) {
    const next = cast(text, value);
    const field = fieldOf(view.api, path);
    if (next === undefined || next === value || field.includes('*')) continue;
    return {
      rule: 'type',
      description: `${field} must be of another type.`,
      match: matchAt(field, { '=': value as Json }),
      fix: [{ map: { field, values: { [String(value)]: next } } }],
    };
  }
  return undefined;
}

function cast(text: string, value: unknown): number | boolean | undefined {
  const expected =
    /(?:expected|must be|should be|of type|to be|into|type)\s+(?:an?\s+)?(?:valid\s+)?['"`]?([\w ]{1,20})/i.exec(
      text,
    )?.[1] ?? '';
  if (BOOLEAN.test(expected) && (value === 'true' || value === 'false')) return value === 'true';
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = value === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) return undefined;
  if (INTEGER.test(expected) || INTEGER.test(text)) return Math.trunc(number);
  return NUMBER.test(expected) || NUMBER.test(text) ? number : undefined;
}

/** Takes out an optional field that is there and holds nothing. */
export function empty({ text, fields, view }: Refused): Remedy | undefined {
  if (!EMPTY.test(text)) return undefined;
  const field = fields.find(({ path, value }) => isEmpty(value) && path.length === 1);
  if (field === undefined) return undefined;
  const name = fieldOf(view.api, field.path);
  if (lossOf(name, field.value) === 'all') return undefined;
  return {
    rule: 'empty',
    description: `${name} must not be empty.`,
    match: field.value === null ? { [name]: { type: 'null' } } : { [name]: { length: 0 } },
    fix: [{ unset: [name] }],
    everyModel: true,
  };
}
