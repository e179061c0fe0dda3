import { isRecord, own } from '../../patterns/own.js';
import { hasCallDataOfWrongType } from '../../patterns/responses/call-data.js';
import { itemsOfInput } from '../../patterns/responses/items.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { responseOutput } from '../responses/chat-parts.js';
import { replaceInput } from '../responses/replace-input.js';

/** Responses: the arguments of a call and the answer to it become texts, as JSON, where they are other values. */
export function stringifyCallData(_api: string, params: Fields): Fields {
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item) => [
      isRecord(item) && hasCallDataOfWrongType(item) ? asText(item) : item,
    ]),
  );
}

function asText(item: Fields): Fields {
  switch (own(item, 'type')) {
    case 'function_call':
      return copyWith(item, 'arguments', JSON.stringify(own(item, 'arguments') ?? {}));
    case 'custom_tool_call':
      return copyWith(item, 'input', JSON.stringify(own(item, 'input') ?? ''));
    default:
      return copyWith(item, 'output', responseOutput(own(item, 'output')));
  }
}
