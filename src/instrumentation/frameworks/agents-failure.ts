import { isRecord, record, text } from '../adapters/shape.js';
import type { Outcome } from './work.js';

/** Class of an error at the beginning of its text. */
const ERROR_CLASS = /^([A-Z]\w*(?:Error|Exception)):/;

/**
 * How a span of the Agents SDK ended. It keeps no error, only `{ message, data }` with the error's text in the data, or
 * without it where the program keeps sensitive data out of traces.
 */
export function failureOf(told: unknown): Outcome {
  if (!isRecord(told)) return {};
  const reason = text(record(told['data'])['error']);
  const message = reason ?? text(told['message']) ?? '';
  return { error: new Error(message), type: ERROR_CLASS.exec(message)?.[1] ?? '_OTHER' };
}
