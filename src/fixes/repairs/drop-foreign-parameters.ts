import { counterpartOf, isForeignParameter } from '../../patterns/responses/foreign-parameters.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Responses: parameters of other APIs get the name of their counterpart, unless it is there, or go. */
export function dropForeignParameters(_api: string, params: Fields): Fields {
  return Object.keys(params).filter(isForeignParameter).reduce(replaceForeign, params);
}

function replaceForeign(params: Fields, name: string): Fields {
  const rest = copyWithout(params, name);
  const counterpart = counterpartOf(name);
  if (counterpart === undefined || (params[name] ?? null) === null) return rest;
  return rest[counterpart] === undefined ? copyWith(rest, counterpart, params[name]) : rest;
}
