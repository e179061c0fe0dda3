import { GOOGLE_GENERATE } from '../../patterns/google-request.js';
import type { Fields } from '../copy.js';
import type { Repair } from '../repairs/repair.js';

/** A repair of Google's requests that leaves those of other APIs alone. */
export function forGoogle(repair: (params: Fields) => Fields): Repair {
  return (api, params) => (api === GOOGLE_GENERATE ? repair(params) : params);
}
