import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { flatFormat } from '../responses/response-format.js';

/** Responses: the format of the answer stands in `text.format`, its schema beside the type; `response_format` moves there. */
export function moveResponseFormat(_api: string, params: Fields): Fields {
  const text = params['text'];
  const present = own(text, 'format');
  const moved = own(params, 'response_format');
  const rest = copyWithout(params, 'response_format');
  const format = present ?? moved;
  if (!isRecord(format) || (text !== undefined && text !== null && !isRecord(text))) return rest;
  const next = flatFormat(format);
  return next === present
    ? rest
    : copyWith(rest, 'text', copyWith(isRecord(text) ? text : {}, 'format', next));
}
