import type { Params } from '../../contract/request.js';
import { roleOf, typeOf } from '../conversation.js';
import { own } from '../own.js';
import { isAnswerItem, isCallItem, isPromptItem, itemType, itemsOfInput } from './items.js';

/** Why a reasoning item is refused: what it led to is not there, or the server has not kept it. */
export type StrayReasoning = 'orphan' | 'unstored';

/** Why the reasoning item at an index is refused, or undefined when it is not, or no reasoning item. */
export function strayReasoningAt(params: Params, index: number): StrayReasoning | undefined {
  const items = itemsOfInput(params);
  const item = items[index];
  if (typeOf(item) !== 'reasoning') return undefined;
  if (!isSealed(item)) {
    if (own(params, 'store') === false || typeof own(item, 'id') !== 'string') return 'unstored';
  }
  let next = index + 1;
  while (typeOf(items[next]) === 'reasoning') next += 1;
  return canFollow(items[next], isSealed(item)) ? undefined : 'orphan';
}

/** True when the item carries its reasoning with it, encrypted, so that the server need not have kept it. */
function isSealed(item: unknown): boolean {
  const sealed = own(item, 'encrypted_content');
  return typeof sealed === 'string' && sealed !== '';
}

/** Reasoning leads to something the model did; a stored item to one that was stored with it. */
function canFollow(item: unknown, sealed: boolean): boolean {
  if (item === undefined || isPromptItem(item) || isAnswerItem(item)) return false;
  return sealed || itemType(item) !== 'message' || typeof own(item, 'id') === 'string';
}

/** True for an item of the model that is complete without its id: the server looks up what it stored under that id. */
export function hasSpareId(item: unknown): boolean {
  if (own(item, 'id') === undefined) return false;
  return isCallItem(item) || (itemType(item) === 'message' && roleOf(item) === 'assistant');
}

/**
 * Calls `found` for every item that has an id but no reasoning before it in its turn; a model that reasons stored one, and
 * the server asks for it. An item that is only named, or a compaction, may be that reasoning.
 */
export function eachWithoutReasoning(items: readonly unknown[], found: (index: number) => void): void {
  let isReasoned = false;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (isPromptItem(item)) isReasoned = false;
    else if (hasSpareId(item)) {
      if (!isReasoned) found(index);
    } else if (!isAnswerItem(item) && itemType(item) !== 'message' && !isCallItem(item)) isReasoned = true;
  }
}
