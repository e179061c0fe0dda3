import type { Params } from '../contract/request.js';
import { messagesOf, roleOf, toolCallsOf } from './conversation.js';
import { own } from './own.js';

/**
 * Whether a request forces a call that the model has just made twice with the same arguments and got answered: it would
 * make it a third time.
 */
export function forcesRepeatedCall(params: Params): boolean {
  const choice = own(params, 'tool_choice');
  const forced = choice === 'required' || own(choice, 'type') === 'function';
  const messages = messagesOf(params);
  if (!forced || roleOf(messages.at(-1)) !== 'tool') return false;
  const last = messages.findLastIndex((message) => roleOf(message) === 'assistant');
  const before = messages.slice(0, Math.max(0, last)).findLastIndex((message) => roleOf(message) !== 'tool');
  const call = onlyCall(messages[last]);
  const name = own(own(choice, 'function'), 'name');
  if (call === undefined || (name !== undefined && own(call, 'name') !== name)) return false;
  const earlier = onlyCall(messages[before]);
  return own(earlier, 'name') === own(call, 'name') && own(earlier, 'arguments') === own(call, 'arguments');
}

/** The function a message calls, when it calls one and no other. */
function onlyCall(message: unknown): unknown {
  const calls = toolCallsOf(message);
  return calls.length === 1 ? own(calls[0], 'function') : undefined;
}
