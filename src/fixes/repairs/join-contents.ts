import { listOf } from '../../patterns/own.js';

/** Stands between two texts that were messages or parts of their own. */
export const GAP = '\n\n';

/** Two contents as one: a text where both are texts, else a list of parts. An empty one gives way to the other. */
export function joinContents(first: unknown, second: unknown): unknown {
  if (isNothing(first)) return second ?? first;
  if (isNothing(second)) return first;
  if (typeof first === 'string' && typeof second === 'string') return first + GAP + second;
  return joined(parts(first), parts(second));
}

/** Two lists as one; the same list where the other is empty. */
export function joined(first: readonly unknown[], second: readonly unknown[]): readonly unknown[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}

function isNothing(content: unknown): boolean {
  return (content ?? '') === '' || (Array.isArray(content) && content.length === 0);
}

function parts(content: unknown): readonly unknown[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
}
