import { isRecord, listOf } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** Deepest value that is looked at; a caller's object may be cyclic. */
const MAX_DEPTH = 32;

/** Where an API keeps texts of the prompt. */
const PROMPT: readonly string[] = [
  'messages',
  'system',
  'tools',
  'toolConfig',
  'input',
  'instructions',
  'prompt',
  'contents',
];

/** Replaces halves of surrogate pairs, which cannot be sent as UTF-8, by the replacement character. */
export function wellFormedTexts(_api: string, params: Fields): Fields {
  return PROMPT.reduce((current, key) => {
    const value = current[key];
    const next = wellFormed(value, 0);
    return next === value ? current : copyWith(current, key, next);
  }, params);
}

function wellFormed(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (depth >= MAX_DEPTH || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return rewrite(listOf(value), (item) => [wellFormed(item, depth + 1)]);
  if (!isRecord(value)) return value;
  return Object.keys(value).reduce((current: Fields, key) => {
    const next = wellFormed(value[key], depth + 1);
    return next === value[key] ? current : copyWith(current, key, next);
  }, value);
}
