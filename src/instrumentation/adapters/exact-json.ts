import { isRecord } from './shape.js';

/** What of JSON Node has and TypeScript's library does not describe yet. @see https://tc39.es/proposal-json-parse-with-source/ */
interface SourceJson {
  parse(
    json: string,
    revive: (key: string, value: unknown, about: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(source: string): unknown;
}
const SOURCE_JSON = JSON as unknown as SourceJson; // in every Node that Arc runs on

/**
 * JSON of a repaired document in which every number that was not touched is written as it was: doubles cannot hold an id
 * of twenty digits, and `1.0` is not `1` to every server.
 * @param source - the document as it came.
 * @param original - what `JSON.parse` makes of it.
 * @param repaired - its repaired copy; what is untouched may be the very objects of the original.
 * @throws {RangeError} when a number can neither be written nor found in the source.
 * @example exactJson('{"id":12345678901234567890,"n":1}', original, { ...original, n: 2 })
 * // '{"id":12345678901234567890,"n":2}'
 */
export function exactJson(source: string, original: unknown, repaired: unknown): string {
  const exact = SOURCE_JSON.parse(source, (_key, value, about) =>
    typeof value === 'number' && about.source !== undefined && about.source !== String(value)
      ? SOURCE_JSON.rawJSON(about.source)
      : value,
  );
  const exactOf = new Map<unknown, unknown>();
  pair(original, exact, exactOf);
  return JSON.stringify(merged(repaired, original, exactOf));
}

/** Notes for every object of a document the exact one at the same place. */
function pair(original: unknown, exact: unknown, exactOf: Map<unknown, unknown>): void {
  if (!isRecord(original) || !isRecord(exact)) return;
  exactOf.set(original, exact);
  for (const [key, value] of Object.entries(original)) pair(value, exact[key], exactOf);
}

/** @param before - what stood in this place. */
function merged(value: unknown, before: unknown, exactOf: ReadonlyMap<unknown, unknown>): unknown {
  if (!isRecord(value)) return writable(value);
  const untouched = exactOf.get(value);
  if (untouched !== undefined) return untouched;
  const old = isRecord(before) ? before : undefined;
  const exact = exactOf.get(old);
  const part = (key: string, item: unknown): unknown =>
    old && isRecord(exact) && Object.hasOwn(old, key) && old[key] === item
      ? exact[key]
      : merged(item, old?.[key], exactOf);
  if (Array.isArray(value)) return value.map((item, index) => part(String(index), item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, part(key, item)]));
}

function writable(value: unknown): unknown {
  const isExact = typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value);
  if (isExact) return value;
  throw new RangeError('a number of the request is too large to be written again');
}
