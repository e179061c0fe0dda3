import type { SignalCodecs, Signal } from './signals.js';

/** OTLP's JSON differs from protobuf's own in that these are hexadecimal, not base64. */
const HEX_FIELDS: ReadonlyMap<string, number> = new Map([
  ['traceId', 32],
  ['spanId', 16],
  ['parentSpanId', 16],
]);

/** 64-bit integers: decimal text, or a number. The readers of protobuf would take other texts for some number. */
const INTEGER_FIELDS: ReadonlySet<string> = new Set([
  'startTimeUnixNano',
  'endTimeUnixNano',
  'timeUnixNano',
  'observedTimeUnixNano',
  'intValue',
  'asInt',
  'count',
  'zeroCount',
]);

/** Deeper JSON than this is refused, in levels; OTLP itself needs about twelve besides nested attribute values. */
const MAX_DEPTH = 100;

/**
 * Translates an export from OTLP/JSON to protobuf, so that what follows knows one form only.
 * @throws {SyntaxError} if the text is not JSON.
 * @throws {TypeError} if a field has the wrong type, naming its path.
 */
export function otlpJsonToProtobuf(signal: Signal, text: string, codecs: SignalCodecs): Uint8Array {
  const message = convert(JSON.parse(text), '$', 0);
  if (!isObject(message)) throw new TypeError('$: must be an object');
  // The codec checks the types of the fields itself.
  return codecs[signal].encode(message);
}

function convert(value: unknown, path: string, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new TypeError(`${path}: nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return value.map((item, index) => convert(item, `${path}[${index}]`, depth + 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    field(key, item, `${path}.${key}`, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

function field(key: string, value: unknown, path: string, depth: number): unknown {
  const digits = HEX_FIELDS.get(key);
  if (digits !== undefined) return hex(value, digits, path);
  if (INTEGER_FIELDS.has(key)) return integer(value, path);
  return convert(value, path, depth);
}

function hex(value: unknown, digits: number, path: string): Uint8Array {
  if (value === '' || value === null) return new Uint8Array();
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]*$/i.test(value)) {
    throw new TypeError(`${path}: must be ${digits} hexadecimal digits`);
  }
  return Buffer.from(value, 'hex');
}

function integer(value: unknown, path: string): string | null {
  if (value === null) return null;
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,20}$/.test(text)) {
    throw new TypeError(`${path}: must be an integer of 64 bits, as decimal text or number`);
  }
  return text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
