import { isRecord, own } from '../../patterns/own.js';
import { MAX_ID_LENGTH, hasRefusedCallId, hasRefusedId } from '../../patterns/responses/ids.js';
import { isAnswerItem, itemsOfInput } from '../../patterns/responses/items.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';
import { shortText } from '../short-text.js';

/** What was counted so far, and every call id there is. */
interface Names {
  calls: number;
  answers: number;
  readonly given: ReadonlySet<unknown>;
}

/**
 * Responses: ids the API refuses go, since it gives items new ones. Call ids stay what pairs a call with its answer: one that
 * is too long is shortened alike on both sides, and one that is missing or empty is the item's id where the other side says
 * so, and else counted.
 */
export function repairItemIds(_api: string, params: Fields): Fields {
  const items = itemsOfInput(params);
  const names: Names = { calls: 0, answers: 0, given: new Set(items.map((item) => own(item, 'call_id'))) };
  return replaceInput(
    params,
    rewrite(items, (item) => {
      if (!isRecord(item)) return [item];
      const named = hasRefusedCallId(item) ? copyWith(item, 'call_id', callIdOf(item, names)) : item;
      return [hasRefusedId(named) ? copyWithout(named, 'id') : named];
    }),
  );
}

function callIdOf(item: Fields, names: Names): string {
  const id = own(item, 'id');
  const given = own(item, 'call_id') || own(item, 'tool_call_id') || (names.given.has(id) ? id : undefined);
  if (typeof given === 'number') return String(given);
  if (typeof given === 'string' && given !== '') return shortText(given, MAX_ID_LENGTH);
  const side = isAnswerItem(item) ? 'answers' : 'calls';
  names[side] += 1;
  return `call_unnamed_${names[side]}`;
}
