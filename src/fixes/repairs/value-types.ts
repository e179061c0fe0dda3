import { IDENTIFIERS, MAX_IDENTIFIER } from '../../patterns/function-name.js';
import { NUMBERS, WHOLE_NUMBERS, numberIn } from '../../patterns/number-types.js';
import { own } from '../../patterns/own.js';
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
