/** Longest list Arc walks. Providers refuse far shorter ones, and a proxy may claim any length. */
const MAX_ITEMS = 1_000_000;

/** Reads an own property. Never walks a prototype, so `constructor` and its like are absent. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key]; // checked above: an object that owns the key
}

/**
 * The value as a list, or an empty one.
 * @throws {RangeError} when it claims more than a million items.
 */
export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  if (value.length > MAX_ITEMS) throw new RangeError(`a list of ${value.length} items; at most ${MAX_ITEMS}`);
  return value;
}

/** True for an object that is neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
