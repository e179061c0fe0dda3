import type { Operators, QuantifierName } from '../contract/pattern.js';
import { type Argument, ARGUMENTS } from './arguments.js';

/** An operator: what it takes and what it means. */
export interface OperatorSpec extends Argument {
  readonly doc: string;
}

function operator(argument: Argument, doc: string): OperatorSpec {
  return { ...argument, doc };
}

/**
 * Every operator by name, in the order they are documented; the checks, the schema for editors and the reference come from
 * here. `any`, `every` and `none` stand under a field and take one match, where `any` between the fields of a match takes a
 * list of them.
 */
export const OPERATORS: { readonly [Op in keyof Operators]-?: OperatorSpec } = {
  '=': operator(ARGUMENTS.json, 'Equal, objects and lists in depth. A plain value means the same.'),
  '!=': operator(ARGUMENTS.json, 'Not equal; holds for an absent field.'),
  '>': operator(ARGUMENTS.bound, 'A number above this number or field.'),
  '>=': operator(ARGUMENTS.bound, 'A number at or above this number or field.'),
  '<': operator(ARGUMENTS.bound, 'A number below this number or field.'),
  '<=': operator(ARGUMENTS.bound, 'A number at or below this number or field.'),
  in: operator(ARGUMENTS.list, 'Equal to one of these.'),
  not_in: operator(ARGUMENTS.list, 'Equal to none of these; holds for an absent field.'),
  exists: operator(ARGUMENTS.flag, 'Present (true) or absent (false); null is present.'),
  type: operator(
    ARGUMENTS.type,
    'Of this JSON type: `string`, `number`, `integer`, `boolean`, `array`, `object`, `null`.',
  ),
  matches: operator(ARGUMENTS.regex, 'A text in which this expression is found; `^` and `$` tie it down.'),
  contains: operator(ARGUMENTS.part, 'A text with this part, or a list with this item.'),
  starts_with: operator(ARGUMENTS.text, 'A text that starts with this.'),
  length: operator(ARGUMENTS.length, 'Length of a text in UTF-16 units or of a list in items.'),
  similar: operator(
    ARGUMENTS.similar,
    'A text like this one: at least `threshold`, or 0.8, of all their 4-grams are in both.',
  ),
  exact: operator(ARGUMENTS.visible, 'This whole text, Unicode form and whitespace aside.'),
  any: operator(ARGUMENTS.item, 'A list with at least one item of this shape; fails for an empty list.'),
  every: operator(ARGUMENTS.item, 'A list of which every item has this shape; holds for an empty list.'),
  none: operator(ARGUMENTS.item, 'A list without an item of this shape; holds for an empty list.'),
};

const QUANTIFIERS: readonly QuantifierName[] = ['any', 'every', 'none'];

/** True for the operators that look at the items of a list. */
export function isQuantifier(op: string): op is QuantifierName {
  return QUANTIFIERS.some((name) => name === op);
}
