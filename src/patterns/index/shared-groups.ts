import type { Match } from '../../contract/pattern.js';
import { conjunctsOf } from './conjuncts.js';

/** A pattern no index tells apart, and the api it is for, if it is one. */
export interface SharedPattern {
  readonly number: number;
  readonly api: string | undefined;
}

/** Patterns of one api; null when they are for several or any. */
export type SharedGroup = readonly [api: string | null, numbers: readonly number[]];

/** More apis than there are; patterns of any further one stand with those of several. */
const MAX_APIS = 256;

/** Puts patterns of one api together: calls of others need not decode them. */
export function groupByApi(patterns: readonly SharedPattern[]): readonly SharedGroup[] {
  const groups = new Map<string | null, number[]>();
  for (const { number, api = null } of patterns) {
    const key = groups.has(api) || groups.size < MAX_APIS ? api : null;
    const numbers = groups.get(key) ?? [];
    groups.set(key, numbers);
    numbers.push(number);
  }
  return [...groups];
}

/** The one api a match is for; undefined when it says none, or several. */
export function apiOf(match: Match): string | undefined {
  for (const { field, condition } of conjunctsOf(match)) {
    const api = field === 'api' ? condition['='] : undefined;
    if (typeof api === 'string') return api;
  }
  return undefined;
}
