import { isRecord, own } from '../../patterns/own.js';
import { itemType, itemsOfInput } from '../../patterns/responses/items.js';
import { type Fields, copyWithout, rewrite } from '../copy.js';
import { diffParams } from '../diff.js';
import { replaceInput } from '../responses/replace-input.js';

/** Types of which a second item under an id says nothing new, whatever it holds. */
const NAMED_ONLY: readonly string[] = ['item_reference', 'reasoning'];

/** Responses: an item that was given before under its id goes; another one under the same id loses the id. */
export function dropDuplicateItems(_api: string, params: Fields): Fields {
  const seen = new Map<string, unknown>();
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item) => {
      const id = own(item, 'id');
      if (typeof id !== 'string' || id === '' || !isRecord(item)) return [item];
      if (!seen.has(id)) {
        seen.set(id, item);
        return [item];
      }
      const isSame = NAMED_ONLY.includes(itemType(item)) || diffParams(seen.get(id), item).length === 0;
      return isSame ? [] : [copyWithout(item, 'id')];
    }),
  );
}
