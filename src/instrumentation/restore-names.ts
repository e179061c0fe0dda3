import type { FieldChange } from '../contract/decision.js';
import { isRecord } from './adapters/shape.js';

/** Answers nest tool calls no deeper: an event, its response, its output, an item, a function. */
const MAX_DEPTH = 8;

/**
 * Gives tools that a repair renamed the caller's own names back, wherever an answer names them: in a tool call, a chunk of
 * one, or an echo of the tools. Writes into the answer, which was parsed for this call and nobody has seen yet.
 * @param names - the caller's name by the one that was sent.
 */
export function restoreNames(answer: unknown, names: ReadonlyMap<string, string>, depth = 0): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(answer)) {
    for (const item of answer) restoreNames(item, names, depth + 1);
    return;
  }
  if (!isRecord(answer)) return;
  for (const key of Object.keys(answer)) {
    const value = answer[key];
    if (typeof value === 'object') restoreNames(value, names, depth + 1);
    else if (key === 'name' && typeof value === 'string') {
      const own = names.get(value);
      if (own !== undefined) Reflect.set(answer, key, own);
    }
  }
}

/** Where a request lists the tools it offers. */
const TOOL_NAME = /^(?:config\.)?(?:tools|functions|toolConfig\.tools)\..*(?:^|\.)name$/;

/** Which tools a repair renamed: the caller's name by the one that is sent; undefined when it renamed none. */
export function renamedTools(changes: readonly FieldChange[]): ReadonlyMap<string, string> | undefined {
  let names: Map<string, string> | undefined;
  for (const { path, before, after } of changes) {
    if (typeof before !== 'string' || typeof after !== 'string' || !TOOL_NAME.test(path)) continue;
    names ??= new Map();
    names.set(after, before);
  }
  return names;
}
