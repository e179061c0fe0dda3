import { keyIn, placeIn } from '../../patterns/google-request.js';
import { type Target, misplacedFields } from '../../patterns/google-shapes.js';
import { nativeValue } from './native-values.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import type { Fields } from '../copy.js';

/** Moves fields of the REST body to where the API looks for them, by its own names; a value that is there wins. */
export function placeFields(params: Fields): Fields {
  return misplacedFields(params).reduce((current, { from, to }) => move(current, from, to), params);
}

function move(params: Fields, from: readonly string[], [place, name]: Target): Fields {
  const value = nativeValue(from.at(-1) ?? '', getAt(params, from));
  const bare = unsetAt(params, from);
  const path =
    place === 'request'
      ? [keyIn(bare, name)]
      : placeIn(bare, ['generationConfig', ...(place === 'thinking' ? ['thinkingConfig'] : []), name]);
  const isFree = (getAt(bare, path) ?? undefined) === undefined;
  return isFree && value !== undefined && value !== null ? setAt(bare, path, value) : bare;
}
