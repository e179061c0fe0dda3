import type { EngineOptions } from './engine.js';

/** What of the options says how content is attached. */
type ContentOptions = Pick<EngineOptions, 'captureContent' | 'maxContentBytes' | 'redact'>;

const NOT_SERIALISABLE = '"[not serialisable]"';
const NOT_REDACTED = '"[left out: redact failed]"';

/** A file inside a text. */
const DATA_URL = /data:([a-z]+\/[\w.+-]+)(?:;[\w.=+-]+)*,[^\s"'<>)\\]+/gi;
/** Texts without a space that are at least this long are looked at as encoded files. */
const MIN_BASE64 = 512;
const BASE64 = /^[\w+/-]+={0,2}$/;

/**
 * Content as an attribute: JSON, in which files are named and not copied, every text has gone through `redact`, and the
 * end is cut off at `maxContentBytes`. Keys of objects are kept as they are.
 */
export function contentJson(value: unknown, options: ContentOptions): string {
  const { captureContent, maxContentBytes } = options;
  let redacting = false;
  let room = maxContentBytes + 1; // one more than fits, so that the cut is told
  const toText = (text: string): string => {
    redacting = true;
    const kept = redacted(nameFiles(text), options).slice(0, Math.max(0, room));
    redacting = false;
    room -= kept.length;
    return kept;
  };
  try {
    // Without content there is nothing to rewrite, and this is on the path of every repair.
    const json = captureContent ? JSON.stringify(value, replacer(toText)) : JSON.stringify(value);
    return cut(json ?? 'null', maxContentBytes);
  } catch {
    return redacting ? NOT_REDACTED : NOT_SERIALISABLE;
  }
}

function replacer(toText: (text: string) => string) {
  return function replace(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
    const original = this[key]; // before `toJSON`, which turns bytes into a list of numbers
    if (ArrayBuffer.isView(original)) return `[${original.byteLength} bytes omitted]`;
    if (typeof value === 'bigint') return String(value);
    return typeof value === 'string' ? toText(value) : value;
  };
}

/** @throws what `redact` throws, and a TypeError when it gives no text. */
function redacted(text: string, { redact }: ContentOptions): string {
  if (!redact) return text;
  const safe: unknown = redact(text);
  if (typeof safe !== 'string') throw new TypeError('redact: must return a text');
  return safe;
}

function nameFiles(text: string): string {
  if (isBase64(text)) return `[base64 omitted, ${text.length} characters]`;
  if (!text.includes('data:')) return text;
  return text.replace(DATA_URL, (url, type: string) => `[${type} omitted, ${url.length} characters]`);
}

/** Encoded bytes have letters of both cases and digits; long words and ruled lines do not. */
function isBase64(text: string): boolean {
  if (text.length < MIN_BASE64) return false;
  const start = text.slice(0, MIN_BASE64);
  return /[a-z]/.test(start) && /[A-Z]/.test(start) && /\d/.test(start) && BASE64.test(text);
}

function cut(json: string, maxBytes: number): string {
  if (json.length <= maxBytes && Buffer.byteLength(json) <= maxBytes) return json;
  const kept = new TextDecoder().decode(Buffer.from(json).subarray(0, maxBytes), { stream: true }); // whole characters
  return `${kept}…[cut at ${maxBytes} bytes]`;
}
