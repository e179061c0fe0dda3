/** First characters of base64 by the type of image; WebP is told by its container and its name at byte 8. */
const MAGIC: readonly (readonly [start: string, type: string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
];
const WEBP = /^UklGR[A-Za-z0-9+/]{6}XRUJQ/;

/** The media type the first bytes of a base64 image speak of, or undefined. */
export function imageTypeOf(base64: string): string | undefined {
  for (const [start, type] of MAGIC) if (base64.startsWith(start)) return type;
  return WEBP.test(base64.slice(0, 16)) ? 'image/webp' : undefined;
}

/** A data URL in parts, or undefined. Only its head is looked at. */
export function dataUrlOf(url: string): { readonly type: string; readonly data: string } | undefined {
  if (!url.startsWith('data:')) return undefined;
  const comma = url.indexOf(',');
  const head = comma < 0 || comma > 200 ? '' : url.slice(5, comma);
  if (!head.endsWith(';base64')) return undefined;
  return { type: head.slice(0, head.indexOf(';')).toLowerCase(), data: url.slice(comma + 1) };
}
