import { listOf } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Responses: a model that does not reason has no reasoning to include. */
export function dropReasoningInclude(_api: string, params: Fields): Fields {
  const include = listOf(params['include']);
  const rest = include.filter((name) => name !== 'reasoning.encrypted_content');
  if (rest.length === include.length) return params;
  return rest.length === 0 ? copyWithout(params, 'include') : copyWith(params, 'include', rest);
}
