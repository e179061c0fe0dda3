import { isRecord } from '../../patterns/own.js';
import type { Fields } from '../copy.js';

/** Key under which a value is kept that had to be inside an object. */
const KEY = 'value';

/** What a text says as JSON, or undefined. */
export function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The object a tool call's arguments stand for: a JSON text is read, nothing is an empty object, any other value goes
 * inside one.
 */
export function asObject(value: unknown): Fields {
  if (isRecord(value)) return value;
  const read = typeof value === 'string' ? (parsed(value) ?? value) : value;
  if (isRecord(read)) return read;
  const again = typeof read === 'string' ? parsed(read) : undefined;
  if (isRecord(again)) return again;
  const isNothing =
    read === undefined || read === null || read === '' || (Array.isArray(read) && read.length === 0);
  return isNothing ? {} : { [KEY]: read };
}
