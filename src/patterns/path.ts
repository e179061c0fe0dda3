/** Segments that could reach a prototype; never part of a path. */
export const FORBIDDEN_SEGMENTS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Paths that are remembered; packs name few. */
const MAX_KNOWN = 4_096;
const known = new Map<string, readonly string[]>();

/**
 * Splits a dotted path into a request's parameters. A leading `params.` names the same parameter as without it.
 * @example parameterPath('params.thinking.type') // ['thinking', 'type']
 */
export function parameterPath(path: string): readonly string[] {
  const present = known.get(path);
  if (present !== undefined) return present;
  const segments = path.split('.');
  const own = segments[0] === 'params' && segments.length > 1 ? segments.slice(1) : segments;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(path, own);
  return own;
}

/**
 * The parameter a dotted path begins with.
 * @example rootOf('thinking.type') // 'thinking'
 */
export function rootOf(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}

/**
 * Splits the name of a field of a list's item. `item` alone is the item itself; a leading `item.` names the same field as
 * without it.
 * @example itemPath('function.name') // ['function', 'name']
 */
export function itemPath(path: string): readonly string[] {
  const segments = path.split('.');
  return segments[0] === 'item' ? segments.slice(1) : segments;
}

/** True when one path is the other or lies inside it; `*` stands for every item of a list. */
export function overlaps(a: readonly string[], b: readonly string[]): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    if (a[index] !== b[index] && a[index] !== '*' && b[index] !== '*') return false;
  }
  return true;
}
