import { type Fields, copyWithout } from '../copy.js';

/** Removes negative `top_p` and `top_k`, with which some servers switch them off. */
export function dropNegativeSampling(_api: string, params: Fields): Fields {
  return ['top_p', 'top_k'].reduce((current, key) => {
    const value = current[key];
    return typeof value === 'number' && value < 0 ? copyWithout(current, key) : current;
  }, params);
}
