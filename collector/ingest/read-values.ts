import type { Json } from '../../src/contract/request.js';
import type { Attributes, ResourceRecord } from '../store/records.js';
import type { AnyValue, KeyValue, Resource } from './otlp-messages.js';

/** Values nested deeper than this are cut off, in levels; JSON text of hostile depth overflows the stack. */
const MAX_DEPTH = 32;

/** Reads attributes. Of a key that occurs twice the last value counts. */
export function readAttributes(pairs: readonly KeyValue[] | undefined, depth = 0): Attributes {
  // Entries rather than assignment: a key named __proto__ must become an own property.
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key ?? '', readValue(value, depth)]));
}

/** Reads one value. Integers beyond 2^53 stay decimal text, bytes become base64, NaN and infinities their names. */
export function readValue(value: AnyValue | undefined, depth = 0): Json {
  if (!value) return null;
  if (depth > MAX_DEPTH) return '<nested too deep>';
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return readInteger(value.intValue);
  if (value.doubleValue !== undefined) return readDouble(value.doubleValue);
  if (value.arrayValue) return (value.arrayValue.values ?? []).map((item) => readValue(item, depth + 1));
  if (value.kvlistValue) return readAttributes(value.kvlistValue.values, depth + 1);
  if (value.bytesValue) return Buffer.from(value.bytesValue).toString('base64');
  return null;
}

/** A 64-bit integer in decimal: a number where that is exact, else the text. */
export function readInteger(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** A double; JSON has no words for NaN and the infinities. */
export function readDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** Reads a resource; without `service.name` it is an unknown service, as the specification says. */
export function readResource(resource: Resource | undefined): ResourceRecord {
  const attributes = readAttributes(resource?.attributes);
  const service = attributes['service.name'];
  return { service: typeof service === 'string' && service ? service : 'unknown_service', attributes };
}

/** Nanoseconds since 1970 in decimal, as microseconds; rounds down. */
export function readMicroseconds(nanoseconds: string | undefined): number {
  return Number(BigInt(nanoseconds ?? '0') / 1_000n);
}

/** An id as lower-case hexadecimal; undefined when it is absent, of the wrong length or all zeros. */
export function readId(id: Uint8Array | undefined, bytes: number): string | undefined {
  if (!id || id.length !== bytes || id.every((byte) => byte === 0)) return undefined;
  return Buffer.from(id).toString('hex');
}

/** Length of a trace id, in bytes. */
export const TRACE_ID_BYTES = 16;
/** Length of a span id, in bytes. */
export const SPAN_ID_BYTES = 8;
