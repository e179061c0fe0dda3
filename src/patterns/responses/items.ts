import type { Params } from '../../contract/request.js';
import { roleOf, typeOf } from '../conversation.js';
import { listOf, own } from '../own.js';

/** The API whose conversation is a list of items. */
export const OPENAI_RESPONSES = 'openai.responses';

/** Items by which a model asks for a function or a custom tool, and the items that answer them. */
export const ANSWERS: { readonly [call: string]: string } = {
  function_call: 'function_call_output',
  custom_tool_call: 'custom_tool_call_output',
};
const ANSWER_TYPES: readonly string[] = Object.values(ANSWERS);

/** The items of `input`, or an empty list: a text stands for one user message. */
export function itemsOfInput(params: Params): readonly unknown[] {
  return listOf(own(params, 'input'));
}

/** An item's type; one without a type but with a role is a message. */
export function itemType(item: unknown): string {
  return typeOf(item) || (roleOf(item) === '' ? '' : 'message');
}

/** True for an item that calls a function or a custom tool. */
export function isCallItem(item: unknown): boolean {
  return Object.hasOwn(ANSWERS, typeOf(item));
}

/** True for an item that answers a call of {@link isCallItem}. */
export function isAnswerItem(item: unknown): boolean {
  return ANSWER_TYPES.includes(typeOf(item));
}

/** True for a message somebody wrote to the model, which ends the model's turn. */
export function isPromptItem(item: unknown): boolean {
  return itemType(item) === 'message' && roleOf(item) !== 'assistant';
}

/** True where the server adds items of its own to those of `input`, so that what is missing here may be there. */
export function hasServerItems(params: Params): boolean {
  return (
    (own(params, 'previous_response_id') ?? null) !== null || (own(params, 'conversation') ?? null) !== null
  );
}
