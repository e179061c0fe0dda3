import { googleField } from './google-request.js';
import { isRecord, own } from './own.js';

/** Types of media people write, by the registered name. */
const TYPES: { readonly [alias: string]: string } = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'application/x-pdf': 'application/pdf',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

/** How bytes of a type begin, in base64. */
const BEGINNINGS: readonly (readonly [start: string, type: string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['UklGR', 'image/webp'],
  ['JVBERi', 'application/pdf'],
];

/** The head of a data URL of base64. */
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.-]+)*;base64,/;
/** No head of a data URL is longer. */
const MAX_HEAD = 200;

/** What is wrong with inline media: where bytes begin, and their type as the API takes it. */
export interface MediaFault {
  /** Characters of a data URL in front of the bytes. */
  readonly head: number;
  /** The type to send; undefined when nobody says. */
  readonly type: string | undefined;
}

/** What is wrong with inline media, or undefined. */
export function mediaFault(media: unknown): MediaFault | undefined {
  if (!isRecord(media)) return undefined;
  const data = own(media, 'data');
  const named = googleField(media, 'mimeType');
  const url =
    typeof data === 'string' && data.startsWith('data:') ? DATA_URL.exec(data.slice(0, MAX_HEAD)) : null;
  const head = url?.[0].length ?? 0;
  const type = typeOf(named, url?.[1], typeof data === 'string' ? data.slice(head, head + 16) : '');
  return head === 0 && type === named ? undefined : { head, type };
}

function typeOf(named: unknown, inUrl: string | undefined, start: string): string | undefined {
  if (typeof named === 'string' && named !== '' && named !== 'application/octet-stream')
    return Object.hasOwn(TYPES, named) ? TYPES[named] : named;
  const begun = BEGINNINGS.find(([beginning]) => start.startsWith(beginning))?.[1];
  return inUrl ?? begun ?? (typeof named === 'string' ? named : undefined);
}
