import { keyIn, placeIn } from '../../patterns/google-request.js';
import { type Target, misplacedFields } from '../../patterns/google-shapes.js';
import { listOf } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import type { Fields } from '../copy.js';

/** Moves fields of the REST body to where the API looks for them, by its own names; a value that is there wins. */
export function placeFields(params: Fields): Fields {
  return misplacedFields(params).reduce((current, { from, to }) => move(current, from, to), params);
}

function move(params: Fields, from: readonly string[], [place, name]: Target): Fields {
  const value = getAt(params, from);
  const bare = unsetAt(params, from);
  const path =
    place === 'request'
      ? [keyIn(bare, name)]
      : placeIn(bare, ['generationConfig', ...(place === 'thinking' ? ['thinkingConfig'] : []), name]);
  const isFree = (getAt(bare, path) ?? undefined) === undefined;
  return isFree && value !== null ? setAt(bare, path, valueFor(name, value)) : bare;
}

function valueFor(name: string, value: unknown): unknown {
  return name === 'stopSequences' && typeof value === 'string' ? [value] : value;
}

/** How many stop sequences Google takes. @see https://ai.google.dev/api/generate-content#v1beta.GenerationConfig */
const MAX_STOP_SEQUENCES = 5;

/** Keeps the first stop sequences, as many as Google takes. */
export function fiveStopSequences(params: Fields): Fields {
  const path = placeIn(params, ['generationConfig', 'stopSequences']);
  const sequences = listOf(getAt(params, path));
  return sequences.length > MAX_STOP_SEQUENCES
    ? setAt(params, path, sequences.slice(0, MAX_STOP_SEQUENCES))
    : params;
}
