import { isFlatCall } from '../../patterns/findings/role-findings.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Puts name and arguments of tool calls into `function` where they stand beside the id. */
export function nestToolCalls(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const calls = listOf(own(message, 'tool_calls'));
    const next = rewrite(calls, (call) => [isRecord(call) && isFlatCall(call) ? nested(call) : call]);
    return next === calls ? message : copyWith(message, 'tool_calls', next);
  });
}

function nested(call: Fields): Fields {
  const { id, name } = call;
  const value = own(call, 'arguments') ?? own(call, 'args') ?? {};
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { ...(id === undefined ? {} : { id }), type: 'function', function: { name, arguments: text } };
}
