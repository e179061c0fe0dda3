/** Start of an image in base64, by its media type. */
const STARTS: readonly (readonly [start: string, mediaType: string])[] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw0KGgo', 'image/png'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/**
 * The link OpenAI takes for an image that is written as base64 alone, or as a data URL that does not say it is an image; the
 * same link where there is nothing to put right.
 * @example imageLink('iVBORw0KGgoAAAA') // 'data:image/png;base64,iVBORw0KGgoAAAA'
 */
export function imageLink(link: string): string {
  if (link.startsWith('data:image/') || link.startsWith('http')) return link;
  const comma = link.startsWith('data:') ? link.indexOf(',') : -1;
  const data = comma < 0 ? 0 : comma + 1;
  const found = STARTS.find(([start]) => link.startsWith(start, data));
  return found === undefined ? link : `data:${found[1]};base64,${link.slice(data)}`;
}
