import { placeIn } from '../../patterns/google-request.js';
import { LISTED_SETTINGS, WHOLE_SETTINGS, wholeSetting } from '../../patterns/google-settings.js';
import { listOf } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import type { Fields } from '../copy.js';

/** Rounds settings that are whole numbers, brings seeds into their range, and makes lists of what is one. */
export function wholeSettings(params: Fields): Fields {
  const whole = WHOLE_SETTINGS.reduce((current, names) => {
    const path = placeIn(current, ['generationConfig', ...names]);
    const value = getAt(current, path);
    const next = wholeSetting(names.at(-1) ?? '', value);
    if (next === value) return current;
    return next === undefined ? unsetAt(current, path) : setAt(current, path, next);
  }, params);
  return LISTED_SETTINGS.reduce((current, name) => {
    const path = placeIn(current, ['generationConfig', name]);
    const value = getAt(current, path);
    return typeof value === 'string' ? setAt(current, path, [value]) : current;
  }, whole);
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
