import { isRecord } from '../../patterns/own.js';
import { itemsOfInput } from '../../patterns/responses/items.js';
import { eachWithoutReasoning } from '../../patterns/responses/reasoning.js';
import { type Fields, copyWithout, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';

/** Responses: items of the model whose reasoning is left out lose the id by which the server asks for it. */
export function dropUnreasonedIds(_api: string, params: Fields): Fields {
  const items = itemsOfInput(params);
  const found = new Set<number>();
  eachWithoutReasoning(items, (index) => found.add(index));
  return replaceInput(
    params,
    rewrite(items, (item, index) => [found.has(index) && isRecord(item) ? copyWithout(item, 'id') : item]),
  );
}
