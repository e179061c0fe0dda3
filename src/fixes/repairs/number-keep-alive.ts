import { type Fields, copyWith } from '../copy.js';

const SECONDS = /^\s*-?\d+\s*$/;

/** Writes a `keep_alive` of nothing but digits as a number: in a text Ollama asks for a unit. */
export function numberKeepAlive(_api: string, params: Fields): Fields {
  const value = params['keep_alive'];
  return typeof value === 'string' && SECONDS.test(value)
    ? copyWith(params, 'keep_alive', Number(value))
    : params;
}
