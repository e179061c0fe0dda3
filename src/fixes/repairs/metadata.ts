import { MAX_METADATA_KEY, MAX_METADATA_PAIRS, MAX_METADATA_VALUE } from '../../patterns/openai-limits.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { shortText } from '../short-text.js';

/** Makes texts of the values of `metadata`; those that say nothing go. */
export function metadataAsText(_api: string, params: Fields): Fields {
  const metadata = own(params, 'metadata');
  if (!isRecord(metadata)) return params;
  const next = Object.keys(metadata).reduce((current, key) => {
    const value = own(current, key);
    if (typeof value === 'string') return current;
    if ((value ?? null) === null) return copyWithout(current, key);
    return copyWith(current, key, JSON.stringify(value));
  }, metadata);
  return next === metadata ? params : copyWith(params, 'metadata', next);
}

/** Keeps of `metadata` what the API takes: 16 pairs, keys of 64 and values of 512 characters. */
export function smallMetadata(_api: string, params: Fields): Fields {
  const metadata = own(params, 'metadata');
  if (!isRecord(metadata)) return params;
  const pairs = Object.entries(metadata);
  const small = pairs
    .slice(0, MAX_METADATA_PAIRS)
    .map(([key, value]): readonly [string, unknown] => [
      shortText(key, MAX_METADATA_KEY),
      typeof value === 'string' ? value.slice(0, MAX_METADATA_VALUE).toWellFormed() : value,
    ]);
  const same = small.length === pairs.length && small.every(([key, value]) => metadata[key] === value);
  return same ? params : copyWith(params, 'metadata', Object.fromEntries(small));
}
