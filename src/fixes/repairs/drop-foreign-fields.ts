import { isRecord, listOf, own } from '../../patterns/own.js';
import { foreignFieldsOf, foreignPartFieldsOf, hasForeignField } from '../../patterns/responses/fields.js';
import { itemsOfInput } from '../../patterns/responses/items.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';

/** Responses: fields of items and of their parts that the API does not know go. */
export function dropForeignFields(_api: string, params: Fields): Fields {
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item) => [isRecord(item) && hasForeignField(item) ? known(item) : item]),
  );
}

function known(item: Fields): Fields {
  const bare = foreignFieldsOf(item).reduce(copyWithout, item);
  const content = own(bare, 'content');
  if (!Array.isArray(content)) return bare;
  const parts = rewrite(listOf(content), (part) => [
    isRecord(part) ? foreignPartFieldsOf(part).reduce(copyWithout, part) : part,
  ]);
  return parts === content ? bare : copyWith(bare, 'content', parts);
}
