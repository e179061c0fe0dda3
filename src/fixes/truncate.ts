import { charactersIn } from '../patterns/prompt-size.js';
import type { Fields } from './copy.js';
import { dropTurns, lastingCharacters } from './turns/drop-turns.js';

/**
 * Leaves out the oldest turns of a conversation until the texts of the request, tools included, have no more than so many
 * characters. The same request where they have not, or where what has to stay is too long alone.
 */
export function truncateTo(
  api: string,
  params: Fields,
  { characters }: { readonly characters: number },
): Fields {
  const room = characters - lastingCharacters(api, params);
  const next = dropTurns(api, params, charactersIn, { aim: room, most: room });
  // Instructions that left the conversation with their turn are joined to the others, and that takes room too.
  return next === params ? params : truncateTo(api, next, { characters });
}
