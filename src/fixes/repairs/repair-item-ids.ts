import { fingerprint } from '../../patterns/fingerprint.js';
import { isRecord, own } from '../../patterns/own.js';
import { MAX_ID_LENGTH, hasRefusedCallId, hasRefusedId } from '../../patterns/responses/ids.js';
import { isAnswerItem, isCallItem, itemsOfInput } from '../../patterns/responses/items.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';

/**
 * Responses: ids the API refuses go, since it gives items new ones. Call ids stay what pairs a call with its answer: one that
 * is too long is shortened alike on both sides, and one that is missing or empty is taken from the item's id or counted.
 */
export function repairItemIds(_api: string, params: Fields): Fields {
  const counts = { calls: 0, answers: 0 };
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item) => {
      if (!isRecord(item)) return [item];
      const named = hasRefusedCallId(item) ? copyWith(item, 'call_id', callIdOf(item, counts)) : item;
      return [hasRefusedId(named) ? copyWithout(named, 'id') : named];
    }),
  );
}

function callIdOf(item: Fields, counts: { calls: number; answers: number }): string {
  const given = own(item, 'call_id') || own(item, 'tool_call_id') || idAsCallId(item);
  if (typeof given === 'string' && given !== '') return shortId(given);
  if (isAnswerItem(item)) counts.answers += 1;
  else counts.calls += 1;
  return `call_unnamed_${isAnswerItem(item) ? counts.answers : counts.calls}`;
}

/** An id that names the call, and not the item, of another API's history. */
function idAsCallId(item: Fields): unknown {
  const id = own(item, 'id');
  return isCallItem(item) && typeof id === 'string' && id.startsWith('fc') ? undefined : id;
}

/** The id itself, or its beginning with a fingerprint of all of it: the same for the same id, another for another. */
function shortId(id: string): string {
  if (id.length <= MAX_ID_LENGTH) return id;
  const mark = fingerprint(id)
    .map((half) => (half >>> 0).toString(16).padStart(8, '0'))
    .join('');
  return `${id.slice(0, MAX_ID_LENGTH - mark.length - 1)}_${mark}`;
}
