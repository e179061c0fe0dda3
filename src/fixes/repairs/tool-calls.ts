import { typeOf } from '../../patterns/conversation.js';
import { MAX_TOOL_CALL_ID } from '../../patterns/function-name.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { shortText } from '../short-text.js';
import { eachMessage } from './each-message.js';

/** Removes empty lists of tool calls. */
export function dropEmptyToolCalls(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const calls = own(message, 'tool_calls');
    return Array.isArray(calls) && calls.length === 0 ? copyWithout(message, 'tool_calls') : message;
  });
}

/** Gives tool calls the type `function` where they have none, and arguments as the text of their JSON. */
export function completeToolCalls(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => withCalls(message, completeCall));
}

/** Shortens ids of tool calls that OpenAI refuses, at the call and at its result alike. */
export function shortenToolCallIds(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) =>
    shortenId(
      withCalls(message, (call) => shortenId(call, 'id')),
      'tool_call_id',
    ),
  );
}

function withCalls(message: Fields, change: (call: Fields) => Fields): Fields {
  const calls = listOf(own(message, 'tool_calls'));
  const next = rewrite(calls, (call) => [isRecord(call) ? change(call) : call]);
  return next === calls ? message : copyWith(message, 'tool_calls', next);
}

function shortenId(object: Fields, key: string): Fields {
  const id = own(object, key);
  if (typeof id !== 'string' || id.length <= MAX_TOOL_CALL_ID) return object;
  return copyWith(object, key, shortText(id, MAX_TOOL_CALL_ID));
}

function completeCall(call: Fields): Fields {
  const definition = own(call, 'function');
  if (!isRecord(definition)) return call;
  const typed = typeOf(call) === '' ? copyWith(call, 'type', 'function') : call;
  const written = own(definition, 'arguments');
  if (typeOf(typed) !== 'function' || typeof written === 'string') return typed;
  const text = (written ?? null) === null ? '{}' : JSON.stringify(written);
  return copyWith(typed, 'function', copyWith(definition, 'arguments', text));
}
