import { isRecord, listOf, own } from '../patterns/own.js';
import { type Fields, copyWith, copyWithout, listWith, rewrite } from './copy.js';

/** A dotted path, split. The segment `*` stands for every item of a list, where values are changed or removed. */
export type FieldPath = readonly string[];

/** Stands for every item of a list. */
const EVERY = '*';

/** Reads the value at a path, through own properties only. */
export function getAt(value: unknown, path: FieldPath): unknown {
  let found = value;
  for (const key of path) found = own(found, key);
  return found;
}

/**
 * Writes a value at a path, copying only the objects on the way. Objects that are missing are made; where a text or a
 * number stands in the way, or a list has no such item, nothing happens and the same object comes back.
 */
export function setAt(object: Fields, path: FieldPath, value: unknown): Fields {
  const next = write(object, path, 0, value);
  return isRecord(next) ? next : object;
}

/**
 * Changes each value a path leads to, copying only the objects on the way. Nothing is made that is not there.
 * @param change - returns the value itself to keep it.
 */
export function changeAt(object: Fields, path: FieldPath, change: (value: unknown) => unknown): Fields {
  const next = changed(object, path, 0, change);
  return isRecord(next) ? next : object;
}

/** Removes the field at a path, copying only the objects on the way. List items stay. */
export function unsetAt(object: Fields, path: FieldPath): Fields {
  return unset(object, path, 0);
}

function unset(object: Fields, path: FieldPath, depth: number): Fields {
  const key = path[depth];
  const child = key === undefined ? undefined : own(object, key);
  if (key === undefined || child === undefined) return object;
  if (depth + 1 === path.length) return copyWithout(object, key);
  const next = Array.isArray(child)
    ? unsetInItem(listOf(child), path, depth + 1)
    : isRecord(child)
      ? unset(child, path, depth + 1)
      : child;
  return next === child ? object : copyWith(object, key, next);
}

function changed(
  target: unknown,
  path: FieldPath,
  depth: number,
  change: (value: unknown) => unknown,
): unknown {
  const key = path[depth];
  if (key === undefined) return change(target);
  if (Array.isArray(target)) {
    const at = key === EVERY ? EVERY : indexIn(target, key);
    return rewrite(listOf(target), (item, index) => [
      at === EVERY || at === index ? changed(item, path, depth + 1, change) : item,
    ]);
  }
  const child = own(target, key);
  if (child === undefined || !isRecord(target)) return target;
  const next = changed(child, path, depth + 1, change);
  return next === child ? target : copyWith(target, key, next);
}

function unsetInItem(list: readonly unknown[], path: FieldPath, depth: number): readonly unknown[] {
  const isLast = depth + 1 === path.length;
  if (path[depth] === EVERY && !isLast)
    return rewrite(list, (item) => [isRecord(item) ? unset(item, path, depth + 1) : item]);
  const index = indexIn(list, path[depth]);
  const item = index === undefined ? undefined : list[index];
  if (index === undefined || isLast || !isRecord(item)) return list;
  const next = unset(item, path, depth + 1);
  return next === item ? list : listWith(list, index, next);
}

function write(target: unknown, path: FieldPath, depth: number, value: unknown): unknown {
  const key = path[depth];
  if (key === undefined) return value;
  if (Array.isArray(target)) {
    const list = listOf(target);
    const index = indexIn(list, key);
    if (index === undefined) return list;
    const next = write(list[index], path, depth + 1, value);
    return next === list[index] ? list : listWith(list, index, next);
  }
  if (target !== undefined && target !== null && !isRecord(target)) return target;
  const object = target ?? {};
  const child = own(object, key);
  const next = write(child, path, depth + 1, value);
  return next === child ? target : copyWith(object, key, next);
}

function indexIn(list: readonly unknown[], key: string | undefined): number | undefined {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < list.length ? index : undefined;
}
