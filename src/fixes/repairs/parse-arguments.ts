import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Writes the arguments of tool calls as objects, where they are the JSON text of one. */
export function parseArguments(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const calls = listOf(own(message, 'tool_calls'));
    const next = rewrite(calls, (call) => [isRecord(call) ? parsed(call) : call]);
    return next === calls ? message : copyWith(message, 'tool_calls', next);
  });
}

function parsed(call: Fields): Fields {
  const fn = own(call, 'function');
  const text = own(fn, 'arguments');
  if (!isRecord(fn) || typeof text !== 'string') return call;
  const value = text.trim() === '' ? {} : objectIn(text);
  return value === undefined ? call : copyWith(call, 'function', copyWith(fn, 'arguments', value));
}

function objectIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // no JSON: only the caller knows what was meant
  }
}
