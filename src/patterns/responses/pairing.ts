import type { Params } from '../../contract/request.js';
import { typeOf } from '../conversation.js';
import { own } from '../own.js';
import { ANSWERS, hasServerItems, isAnswerItem, isCallItem, itemsOfInput } from './items.js';

/** A call that nothing answers: where an answer belongs, and what it is called. */
export interface OpenCall {
  readonly at: number;
  readonly type: string;
  readonly callId: string;
}

/** Which answers lack a call, by their index in `input`, and which calls lack an answer. */
export interface ItemPairing {
  readonly orphans: readonly number[];
  readonly open: readonly OpenCall[];
}

const NOTHING: ItemPairing = Object.freeze({ orphans: [], open: [] });

/**
 * Pairs the calls of `input` with their answers, which may stand anywhere in it. Where the server adds items, or an item is
 * only named, nothing can be said.
 */
export function pairItems(params: Params): ItemPairing {
  const items = itemsOfInput(params);
  if (hasServerItems(params)) return NOTHING;
  let calls: Set<unknown> | undefined;
  let answers: Set<unknown> | undefined;
  for (const item of items) {
    if (isCallItem(item)) (calls ??= new Set()).add(own(item, 'call_id'));
    else if (isAnswerItem(item)) (answers ??= new Set()).add(own(item, 'call_id'));
    else if (typeOf(item) === 'item_reference') return NOTHING;
  }
  if (calls === undefined && answers === undefined) return NOTHING;
  return { orphans: orphansIn(items, calls), open: openIn(items, answers) };
}

function orphansIn(items: readonly unknown[], calls: ReadonlySet<unknown> | undefined): readonly number[] {
  const orphans: number[] = [];
  items.forEach((item, index) => {
    if (isAnswerItem(item) && !isKnown(item, calls)) orphans.push(index);
  });
  return orphans;
}

/** An answer belongs behind the calls its call stands among. One call to be answered later is fine. */
function openIn(items: readonly unknown[], answers: ReadonlySet<unknown> | undefined): readonly OpenCall[] {
  const open: OpenCall[] = [];
  items.forEach((item, index) => {
    if (!isCallItem(item) || isKnown(item, answers) || own(item, 'async') === true) return;
    const callId = own(item, 'call_id');
    if (typeof callId !== 'string' || callId === '') return;
    let at = index + 1;
    while (isCallItem(items[at])) at += 1;
    open.push({ at, type: ANSWERS[typeOf(item)] ?? '', callId });
  });
  return open;
}

function isKnown(item: unknown, others: ReadonlySet<unknown> | undefined): boolean {
  return others?.has(own(item, 'call_id')) === true;
}
