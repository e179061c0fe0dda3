import { type Fields, copyWith } from '../copy.js';

/** The request with other items of `input`; the same request when they are the same list, or none would be left. */
export function replaceInput(params: Fields, items: readonly unknown[]): Fields {
  return items === params['input'] || items.length === 0 ? params : copyWith(params, 'input', items);
}
