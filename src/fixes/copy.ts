import { own } from '../patterns/own.js';

/** An object as fixes see it: read, copied with a change, never written to. */
export type Fields = Readonly<Record<string, unknown>>;

/** Marks a field as removed in {@link copyWith}. */
const REMOVED: unique symbol = Symbol('removed');

/**
 * A copy with one field changed; the same object where it has that value already. A prototype and hidden members survive in
 * the copy, and so do accessors, but for those of a plain object, which are read.
 */
export function copyWith(object: Fields, key: string, value: unknown): Fields {
  const isSame = Object.hasOwn(object, key) && Object.is(object[key], value);
  return isSame ? object : copy(object, key, value);
}

/** A copy without one field; the same object when it has none of that name, or undefined there, which is never sent. */
export function copyWithout(object: Fields, key: string): Fields {
  return own(object, key) === undefined ? object : copy(object, key, REMOVED);
}

/** A copy of a list with one item changed. */
export function listWith(list: readonly unknown[], index: number, value: unknown): readonly unknown[] {
  return list.map((item, position) => (position === index ? value : item));
}

/**
 * Changes some members of a list in one pass.
 * @param change - returns the item itself to keep it, another to replace it, or several, or none.
 * @returns the same list when nothing changed.
 */
export function rewrite(
  list: readonly unknown[],
  change: (item: unknown, index: number) => readonly unknown[],
): readonly unknown[] {
  const next = list.flatMap(change);
  return sameItems(next, list) ? list : next;
}

/** True for two lists of the same items, each by identity. */
export function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => Object.is(item, other[index]));
}

function copy(object: Fields, key: string, value: unknown): Fields {
  if (isPlain(object)) return plainCopy(object, key, value);
  const members: PropertyDescriptorMap = { ...Object.getOwnPropertyDescriptors(object) };
  if (value === REMOVED) Reflect.deleteProperty(members, key);
  else members[key] = { value, writable: true, enumerable: true, configurable: true };
  return Object.create(Reflect.getPrototypeOf(object), members) as Fields; // the members of an object of that type
}

function plainCopy(object: Fields, key: string, value: unknown): Fields {
  const next: Record<string, unknown> = { ...object };
  if (value === REMOVED) Reflect.deleteProperty(next, key);
  else next[key] = value;
  return next;
}

/** Plain: made by a literal, without hidden members, which a spread would lose. */
function isPlain(object: Fields): boolean {
  const prototype = Reflect.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // `Reflect.ownKeys` would do, and takes ten times as long where its code is not in the processor's cache.
  if (Object.getOwnPropertyNames(object).length !== Object.keys(object).length) return false;
  return Object.getOwnPropertySymbols(object).length === 0;
}
