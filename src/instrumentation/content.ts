import type { AnyValue } from '@opentelemetry/api';
import type { EngineOptions } from './engine.js';

/** What of the options says how content is attached. */
type ContentOptions = Pick<EngineOptions, 'captureContent' | 'maxContentBytes' | 'redact'>;

/** UTF-8 takes no more for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;
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

/**
 * Content as a value of its own, for records that hold structures: the same rules as {@link contentJson}, with one text
 * cut where the budget ends, and the lists it is in ended there.
 */
export function contentValue(value: unknown, options: ContentOptions): AnyValue {
  const json = contentJson(value, {
    ...options,
    captureContent: true,
    maxContentBytes: Number.MAX_SAFE_INTEGER,
  });
  const whole = JSON.parse(json) as AnyValue; // what was JSON a line ago
  return Buffer.byteLength(json) <= options.maxContentBytes
    ? whole
    : shortened(whole, { left: options.maxContentBytes, max: options.maxContentBytes });
}

interface Budget {
  /** Bytes. */
  left: number;
  readonly max: number;
}

/** Punctuation of a value in JSON, at the most, in bytes. */
const PUNCTUATION = 4;

function shortened(value: AnyValue, budget: Budget): AnyValue {
  budget.left -= PUNCTUATION;
  if (typeof value === 'string') return shortenedText(value, budget);
  if (Array.isArray(value)) {
    const kept: AnyValue[] = [];
    for (const item of value) if (budget.left > 0) kept.push(shortened(item, budget));
    return kept;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const kept: Record<string, AnyValue> = {};
  for (const [key, field] of Object.entries(value)) {
    budget.left -= Buffer.byteLength(key);
    if (budget.left > 0) kept[key] = shortened(field, budget);
  }
  return kept;
}

function shortenedText(text: string, budget: Budget): string {
  const bytes = Buffer.from(text);
  const room = Math.max(0, budget.left);
  budget.left -= bytes.byteLength;
  return budget.left >= 0 ? text : `${wholeCharacters(bytes.subarray(0, room))}…[cut at ${budget.max} bytes]`;
}

function wholeCharacters(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true });
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
  if (json.length * MAX_BYTES_PER_UNIT <= maxBytes) return json;
  if (json.length <= maxBytes && Buffer.byteLength(json) <= maxBytes) return json;
  return `${wholeCharacters(Buffer.from(json).subarray(0, maxBytes))}…[cut at ${maxBytes} bytes]`;
}
