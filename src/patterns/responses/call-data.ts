import { isRecord, listOf, own } from '../own.js';

/** True for a call whose arguments, or an answer whose output, is neither a text nor, for an answer, a list of parts. */
export function hasCallDataOfWrongType(item: unknown): boolean {
  switch (own(item, 'type')) {
    case 'function_call':
      return typeof own(item, 'arguments') !== 'string';
    case 'custom_tool_call':
      return typeof own(item, 'input') !== 'string';
    case 'function_call_output':
    case 'custom_tool_call_output':
      return !isOutput(own(item, 'output'));
    default:
      return false;
  }
}

function isOutput(output: unknown): boolean {
  if (typeof output === 'string') return true;
  return (
    Array.isArray(output) && listOf(output).every((part) => isRecord(part) && own(part, 'type') !== undefined)
  );
}
