import { isRecord, record, text } from '../adapters/shape.js';
import type { Outcome } from './work.js';

/** Name of an error at the beginning of its text; as long as such names are, so that no prose is taken for one. */
const ERROR_NAME = /^([A-Z]\w{2,59})(?::|$)/;

/**
 * How a span of the Agents SDK ended. It keeps no error, only `{ message, data }` with the error's text in the data, or
 * without it where the program keeps sensitive data out of traces.
 */
export function failureOf(told: unknown): Outcome {
  if (!isRecord(told)) return {};
  const reason = text(record(told['data'])['error']);
  const message = reason ?? text(told['message']) ?? '';
  return { error: new Error(message), type: nameOf(reason) };
}

function nameOf(reason: string | undefined): string {
  const name = ERROR_NAME.exec(reason ?? '')?.[1];
  return name === undefined || name === 'Error' ? '_OTHER' : name;
}
