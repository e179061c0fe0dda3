import { listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Most stop sequences OpenAI takes. */
const MAX_STOPS = 4;

/**
 * Removes stop sequences that never decide where the text ends: empty ones, repeated ones, and those that start with
 * another, which ends the text before they are complete.
 */
export function fewerStops(_api: string, params: Fields): Fields {
  const stop = own(params, 'stop');
  if (!Array.isArray(stop)) return params;
  const texts = [...new Set(listOf(stop))].filter((text) => text !== '' && text !== null);
  const kept = texts.filter((text) => !texts.some((other) => other !== text && startsWith(text, other)));
  if (kept.length === stop.length) return params;
  return kept.length === 0 ? copyWithout(params, 'stop') : copyWith(params, 'stop', kept);
}

/** Keeps the first four stop sequences. */
export function firstStops(api: string, params: Fields): Fields {
  const next = fewerStops(api, params);
  const stop = listOf(next['stop']);
  return stop.length > MAX_STOPS ? copyWith(next, 'stop', stop.slice(0, MAX_STOPS)) : next;
}

function startsWith(text: unknown, start: unknown): boolean {
  return typeof text === 'string' && typeof start === 'string' && text.startsWith(start);
}
