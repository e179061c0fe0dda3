/** Where something stands inside a pack document: keys and list positions from the top. */
export type DocumentPath = readonly (string | number)[];

/**
 * Takes note of a problem; checking goes on, so that one load reports everything that is wrong.
 * @param at - `key` when the name itself is wrong, otherwise the value.
 */
export type Report = (path: DocumentPath, message: string, at?: 'key' | 'value') => void;

/** Renders a path the way people write it. @example formatPath(['patterns', 0, 'match']) // 'patterns[0].match' */
export function formatPath(path: DocumentPath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text === '' ? '(document)' : text;
}
