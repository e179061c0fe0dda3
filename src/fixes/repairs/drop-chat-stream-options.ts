import { isRecord } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Responses: a stream always reports its usage, and `stream_options.include_usage` is unknown. */
export function dropChatStreamOptions(_api: string, params: Fields): Fields {
  const options = params['stream_options'];
  if (!isRecord(options)) return params;
  const rest = copyWithout(options, 'include_usage');
  if (rest === options) return params;
  return Object.keys(rest).length === 0
    ? copyWithout(params, 'stream_options')
    : copyWith(params, 'stream_options', rest);
}
