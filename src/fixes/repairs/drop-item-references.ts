import { typeOf } from '../../patterns/conversation.js';
import { itemsOfInput } from '../../patterns/responses/items.js';
import { type Fields, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';

/** Responses: references to items go that were never stored. */
export function dropItemReferences(_api: string, params: Fields): Fields {
  if (params['store'] !== false) return params;
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item) => (typeOf(item) === 'item_reference' ? [] : [item])),
  );
}
