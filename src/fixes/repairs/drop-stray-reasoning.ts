import { isRecord } from '../../patterns/own.js';
import { isAnswerItem, isPromptItem, itemType, itemsOfInput } from '../../patterns/responses/items.js';
import { type StrayReasoning, hasSpareId, strayReasoningAt } from '../../patterns/responses/reasoning.js';
import { type Fields, copyWithout, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';

/**
 * Responses: reasoning goes that the server has not kept, or that leads to nothing. What the model did after reasoning that
 * the server has not kept loses its id, under which nothing is kept either.
 */
export function dropStrayReasoning(_api: string, params: Fields): Fields {
  let last: StrayReasoning | undefined;
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item, index) => {
      if (itemType(item) === 'reasoning') {
        last = strayReasoningAt(params, index);
        return last === undefined ? [item] : [];
      }
      if (isPromptItem(item) || isAnswerItem(item)) last = undefined;
      return [last === 'unstored' && hasSpareId(item) && isRecord(item) ? copyWithout(item, 'id') : item];
    }),
  );
}
