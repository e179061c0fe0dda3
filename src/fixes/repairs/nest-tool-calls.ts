import { toolCallsOf } from '../../patterns/conversation.js';
import { isIncompleteCall } from '../../patterns/findings/role-findings.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { mapMessages } from './map-messages.js';

/** Gives calls of functions their type, and puts name and arguments into `function` where they stand beside the id. */
export function nestToolCalls(_api: string, params: Fields): Fields {
  return mapMessages(params, (message) => {
    const calls = listOf(own(message, 'tool_calls'));
    const next = rewrite(calls, (call) => [isRecord(call) && isIncompleteCall(call) ? complete(call) : call]);
    return next === calls ? message : copyWith(message, 'tool_calls', next);
  });
}

/** Gives messages that call tools an empty content where they have none. */
export function addEmptyContent(_api: string, params: Fields): Fields {
  return mapMessages(params, (message) =>
    own(message, 'content') === undefined && toolCallsOf(message).length > 0
      ? copyWith(message, 'content', '')
      : message,
  );
}

function complete(call: Fields): Fields {
  if (own(call, 'function') !== undefined) return copyWith(call, 'type', 'function');
  const { id, name } = call;
  const value = own(call, 'arguments') ?? own(call, 'args') ?? {};
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { ...(id === undefined ? {} : { id }), type: 'function', function: { name, arguments: text } };
}
