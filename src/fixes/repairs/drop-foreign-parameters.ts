import { isForeignParameter } from '../../patterns/responses/foreign-parameters.js';
import { type Fields, copyWithout } from '../copy.js';

/** Responses: parameters of other APIs go that this one does not know. */
export function dropForeignParameters(_api: string, params: Fields): Fields {
  return Object.keys(params).filter(isForeignParameter).reduce(copyWithout, params);
}
