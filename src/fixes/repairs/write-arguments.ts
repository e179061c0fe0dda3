import { isRecord, listOf, own } from '../../patterns/own.js';
import { isArgumentsText } from '../../patterns/findings/role-findings.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { eachMessage } from './each-message.js';

/**
 * Writes the arguments of tool calls as the JSON text of an object. Nothing becomes `{}`; a text that was cut off or is no
 * object is kept inside one.
 */
export function writeArguments(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const calls = listOf(own(message, 'tool_calls'));
    const next = rewrite(calls, (call) => [isRecord(call) ? written(call) : call]);
    return next === calls ? message : copyWith(message, 'tool_calls', next);
  });
}

function written(call: Fields): Fields {
  const fn = own(call, 'function');
  if (!isRecord(fn)) return call;
  const value = own(fn, 'arguments');
  return isArgumentsText(value)
    ? call
    : copyWith(call, 'function', copyWith(fn, 'arguments', JSON.stringify(objectOf(value))));
}

function objectOf(value: unknown): object {
  if (isRecord(value)) return value;
  if (value === undefined || value === null) return {};
  if (typeof value !== 'string') return { arguments: value };
  const text = value.trim();
  return text === '' || text === 'null' || text === 'undefined' ? {} : { arguments: text };
}
