import { IDENTIFIERS, MAX_IDENTIFIER } from '../../patterns/function-name.js';
import { NUMBERS, WHOLE_NUMBERS, numberIn } from '../../patterns/number-types.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { shortText } from '../short-text.js';

/** Makes numbers of texts that say one, drops empty texts, and cuts the fraction off numbers that must be whole. */
export function numberTypes(_api: string, params: Fields): Fields {
  const whole = WHOLE_NUMBERS.reduce((current, name) => withNumber(current, name, true), params);
  return NUMBERS.reduce((current, name) => withNumber(current, name, false), whole);
}

function withNumber(params: Fields, name: string, isWhole: boolean): Fields {
  const value = own(params, name);
  if (typeof value === 'string' && value.trim() === '') return copyWithout(params, name);
  const number = typeof value === 'string' ? numberIn(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return params;
  const next = isWhole ? Math.trunc(number) : number;
  return next === value ? params : copyWith(params, name, next);
}

/** Shortens identifiers OpenAI refuses for their length; the same one stays the same in every request. */
export function shortenIdentifiers(_api: string, params: Fields): Fields {
  return IDENTIFIERS.reduce((current, name) => {
    const value = own(current, name);
    if (typeof value !== 'string' || value.length <= MAX_IDENTIFIER) return current;
    return copyWith(current, name, shortText(value, MAX_IDENTIFIER));
  }, params);
}

/** Makes texts of the values of `metadata`; those that say nothing go. */
export function metadataAsText(_api: string, params: Fields): Fields {
  const metadata = own(params, 'metadata');
  if (!isRecord(metadata)) return params;
  const next = Object.keys(metadata).reduce((current, key) => {
    const value = own(current, key);
    if (typeof value === 'string') return current;
    if ((value ?? null) === null) return copyWithout(current, key);
    return copyWith(current, key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }, metadata);
  return next === metadata ? params : copyWith(params, 'metadata', next);
}

/** What embeds like nothing where an empty text is refused. */
const BLANK = ' ';

/** Replaces empty texts to embed, so that the vectors stay in the order of the inputs. */
export function fillInputs(_api: string, params: Fields): Fields {
  const input = own(params, 'input');
  if (input === '') return copyWith(params, 'input', BLANK);
  if (!Array.isArray(input) || !input.includes('')) return params;
  return copyWith(
    params,
    'input',
    input.map((text: unknown) => (text === '' ? BLANK : text)),
  );
}
