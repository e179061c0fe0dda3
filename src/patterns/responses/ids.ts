import { own } from '../own.js';
import { isAnswerItem, isCallItem, itemType } from './items.js';

/** Longest id and call id the API takes, in characters. */
export const MAX_ID_LENGTH = 64;

/** How the ids of items begin that a client may leave out. */
const PREFIXES: { readonly [type: string]: string } = {
  message: 'msg',
  function_call: 'fc',
  custom_tool_call: 'ctc',
  reasoning: 'rs',
};

/** What ids are made of. */
const ID = /^[a-zA-Z0-9_-]+$/;

/** True for an id the API refuses: empty, too long, of other characters, or with the beginning of another type. */
export function hasRefusedId(item: unknown): boolean {
  const id = own(item, 'id');
  if (id === undefined || (id === null && isAnswerItem(item))) return false;
  const type = itemType(item);
  if (!Object.hasOwn(PREFIXES, type) && !isAnswerItem(item)) return false;
  if (typeof id !== 'string' || id.length > MAX_ID_LENGTH || !ID.test(id)) return true;
  const prefix = PREFIXES[type];
  return prefix !== undefined && !id.startsWith(prefix);
}

/** True for a call or an answer whose `call_id` is missing, empty or too long. */
export function hasRefusedCallId(item: unknown): boolean {
  if (!isCallItem(item) && !isAnswerItem(item)) return false;
  const id = own(item, 'call_id');
  return typeof id !== 'string' || id === '' || id.length > MAX_ID_LENGTH;
}
