import { isRecord } from '../../../patterns/own.js';
import { fieldOf } from '../locate.js';
import { type Refused, type Remedy, matchAt } from '../refused.js';

const REFUSED = /not support|unsupported|not (?:allowed|permitted|available)|invalid/i;
const OBJECT = /required or object|being set to/i;

/** Lets the model choose where it cannot be told to call a tool. */
export function toolChoice({ text, fields, view }: Refused): Remedy | undefined {
  const choice = fields.find(({ path }) => path.length === 1 && /^tool_?choice$/i.test(path[0] ?? ''));
  if (choice === undefined || !REFUSED.test(text)) return undefined;
  const field = fieldOf(view.api, choice.path);
  const { value } = choice;
  const isForced = value === 'required' || value === 'any' || isRecord(value);
  if (!isForced) return undefined;
  const both = { any: [{ [field]: { type: 'object' } }, { [field]: 'required' }] };
  return {
    rule: 'forced-tool',
    description: 'The model cannot be told which tool to call.',
    match: OBJECT.test(text) ? both : matchAt(field, isRecord(value) ? { type: 'object' } : { '=': value }),
    fix: [{ unset: [field] }],
  };
}
