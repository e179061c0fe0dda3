import { listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

const INCLUDE = 'message.output_text.logprobs';

/** Responses: `logprobs` is asked for in `include`. */
export function moveLogprobs(_api: string, params: Fields): Fields {
  const rest = copyWithout(params, 'logprobs');
  const include = listOf(params['include']);
  if (own(params, 'logprobs') !== true || include.includes(INCLUDE)) return rest;
  return copyWith(rest, 'include', [...include, INCLUDE]);
}
