import type { Attributes } from '@opentelemetry/api';

/** An object whose own keys may be read. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** True for anything that has keys; functions excluded. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null;
}

/** The value if it is a text. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value if it is a finite number. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value if it is a whole number: what the conventions type as `int` must not be a fraction. */
export function integer(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? number(value) : undefined;
}

/** The value if it is an object, or an empty one. */
export function record(value: unknown): UnknownRecord {
  return isRecord(value) ? value : EMPTY;
}

/** The value if it is a list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : NONE;
}

/** The value as a list of texts: one text becomes a list of one. */
export function texts(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** What the conventions' attributes hold. */
type Plain = string | number | boolean | string[];

/** Sets an attribute unless its value is undefined. */
export function put(attributes: Attributes, key: string, value: Plain | undefined): void {
  if (value !== undefined) attributes[key] = value;
}

/** Drops the keys whose value is undefined, so that `exactOptionalPropertyTypes` and span attributes stay clean. */
export function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) kept[key] = value;
  return kept as { [K in keyof T]: Exclude<T[K], undefined> };
}

const EMPTY: UnknownRecord = Object.freeze({});
const NONE: readonly unknown[] = Object.freeze([]);
