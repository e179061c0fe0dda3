import { type Fields, copyWithout } from '../copy.js';

/** Removes `stream_options` from a request that does not stream, which providers refuse. */
export function dropIdleStreamOptions(_api: string, params: Fields): Fields {
  return params['stream'] === true ? params : copyWithout(params, 'stream_options');
}
