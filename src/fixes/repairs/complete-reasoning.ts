import { isRecord, own } from '../../patterns/own.js';
import { itemsOfInput } from '../../patterns/responses/items.js';
import { lacksSummary } from '../../patterns/responses/reasoning.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';

/** Responses: reasoning gets its list of summaries: one where there is a text, else none. */
export function completeReasoning(_api: string, params: Fields): Fields {
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item) => [
      isRecord(item) && lacksSummary(item)
        ? copyWith(item, 'summary', summaries(own(item, 'summary')))
        : item,
    ]),
  );
}

function summaries(summary: unknown): readonly unknown[] {
  return typeof summary === 'string' && summary !== '' ? [{ type: 'summary_text', text: summary }] : [];
}
