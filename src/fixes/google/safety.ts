import { keyIn, requestPath } from '../../patterns/google-request.js';
import { isSafetyCategory } from '../../patterns/google-safety.js';
import { listOf, own } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import { type Fields, rewrite } from '../copy.js';

/** Removes safety settings of categories the Gemini API does not know, and all but the first of each category. */
export function knownSafety(params: Fields): Fields {
  const path = requestPath(params);
  const place = [...path, keyIn(getAt(params, path), 'safetySettings')];
  const settings = listOf(getAt(params, place));
  const seen = new Set<unknown>();
  const next = rewrite(settings, (setting) => {
    const category = own(setting, 'category');
    if (!isSafetyCategory(category) || seen.has(category)) return [];
    seen.add(category);
    return [setting];
  });
  if (next === settings) return params;
  return next.length === 0 ? unsetAt(params, place) : setAt(params, place, next);
}
