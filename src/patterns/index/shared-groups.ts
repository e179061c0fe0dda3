import type { PatternDefinition } from '../../contract/pattern.js';
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

/** The apis a pattern is for; undefined when it does not say, and so is for any. */
export function apisOf({ match, scope }: PatternDefinition): readonly string[] | undefined {
  for (const { field, condition } of conjunctsOf(match)) {
    const apis = field === 'api' ? (condition.in ?? [condition['=']]) : [];
    if (apis.length > 0 && apis.every(isText)) return apis;
  }
  return scope?.api;
}

/** Collects the apis a set of patterns is for. */
export interface ApiCollector {
  add(apis: readonly string[] | undefined): void;
  /** Those of all patterns; null when some pattern is for any. */
  build(): readonly string[] | null;
}

/** No pattern was added. */
export function createApiCollector(): ApiCollector {
  const known = new Set<string>();
  let isAny = false;
  return {
    add(apis) {
      isAny ||= apis === undefined || known.size > MAX_APIS;
      for (const api of isAny ? [] : (apis ?? [])) known.add(api);
    },
    build: () => (isAny ? null : [...known]),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
