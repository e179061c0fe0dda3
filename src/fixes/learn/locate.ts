import { API_PARAMETERS } from '../../patterns/api-parameters.js';
import { isRecord, own } from '../../patterns/own.js';
import { FORBIDDEN_SEGMENTS } from '../../patterns/path.js';
import type { Params } from '../../contract/request.js';

/** Where parameters stand in requests that do not keep them at the top. */
const CONTAINERS: readonly (readonly string[])[] = [
  [],
  ['inferenceConfig'],
  ['additionalModelRequestFields'],
  ['generationConfig'],
  ['generationConfig', 'thinkingConfig'],
  ['generation_config'],
  ['config'],
  ['config', 'thinkingConfig'],
  ['options'],
  ['output_config'],
  ['reasoning'],
];

/** Names of one limit: providers speak of the one, and requests have another. */
const TOKEN_LIMITS: readonly string[] = [
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'max_new_tokens',
  'max_gen_len',
  'max_tokens_to_sample',
  'num_predict',
  'maxTokenCount',
];

/** Other names, and words for things, that providers use in messages. */
const ALIASES: { readonly [name: string]: readonly string[] } = {
  thinking: ['think', 'enable_thinking', 'thinkingConfig'],
  thinking_budget: ['thinkingBudget'],
  budget: ['thinkingBudget'],
  effort: ['reasoning_effort', 'output_config.effort', 'reasoning.effort'],
  reasoning_effort: ['reasoning.effort'],
  'reasoning.effort': ['reasoning_effort'],
  stop: ['stop_sequences', 'stopSequences'],
  ...Object.fromEntries(TOKEN_LIMITS.map((name) => [name, TOKEN_LIMITS])),
};

/** Longest path that is followed. */
const MAX_SEGMENTS = 12;
const SEGMENT = /^(?:\d{1,6}|[A-Za-z_$][\w$-]{0,63})$/;

/** True for a limit on the tokens of an answer. */
export function isTokenLimit(name: string): boolean {
  return TOKEN_LIMITS.some((limit) => limit === name || camel(limit) === name);
}

/** A path as providers write it, in its segments; undefined for what is none. */
export function segmentsOf(path: string): readonly string[] | undefined {
  const segments = path
    .replaceAll(/["'`]/g, '')
    .replaceAll(/[[\]]/g, '.')
    .split('.')
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
  const usable =
    segments.length > 0 &&
    segments.length <= MAX_SEGMENTS &&
    segments.every((segment) => SEGMENT.test(segment) && !FORBIDDEN_SEGMENTS.includes(segment));
  return usable ? segments : undefined;
}

/**
 * Where a field a provider speaks of stands in a request: under its own name, in the other case, under another name of it,
 * or inside the object the API keeps parameters in.
 * @returns the segments of a path that leads to a value, or undefined.
 */
export function locate(params: Params, name: string): readonly string[] | undefined {
  const segments = segmentsOf(name);
  if (segments === undefined) return undefined;
  return locateSegments(params, segments) ?? locateAlias(params, segments);
}

function locateSegments(params: Params, segments: readonly string[]): readonly string[] | undefined {
  for (const container of CONTAINERS) {
    const base = follow(params, container);
    if (!isRecord(base)) continue;
    const path = walk(base, segments, []);
    if (path !== undefined && path.length > 0) return [...container, ...path];
  }
  return undefined;
}

function locateAlias(params: Params, segments: readonly string[]): readonly string[] | undefined {
  const name = segments.join('.');
  const others = Object.hasOwn(ALIASES, snake(name)) ? (ALIASES[snake(name)] ?? []) : [];
  for (const other of others) {
    const path = locateSegments(params, other.split('.'));
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Follows a provider's path. Words that only name a variant (`custom`, `tool_use`, `user`) are passed over. */
function walk(
  value: unknown,
  segments: readonly string[],
  path: readonly string[],
): readonly string[] | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value === undefined ? undefined : path;
  if (Array.isArray(value)) {
    return /^\d+$/.test(segment) && Number(segment) < value.length
      ? walk(value[Number(segment)], rest, [...path, segment])
      : undefined;
  }
  if (!isRecord(value)) return undefined;
  for (const key of [segment, camel(segment), snake(segment)]) {
    if (own(value, key) !== undefined) return walk(own(value, key), rest, [...path, key]);
  }
  const isVariant = rest.length > 0 && !/^\d+$/.test(segment);
  return isVariant ? walk(value, rest, path) : undefined;
}

function follow(params: Params, path: readonly string[]): unknown {
  return path.reduce<unknown>(own, params);
}

/** The name a field has in patterns: list positions as `*`, and unknown parameters as `params.<name>`. */
export function fieldOf(api: string, path: readonly string[]): string {
  const field = path.map((segment) => (/^\d+$/.test(segment) ? '*' : segment)).join('.');
  const known = API_PARAMETERS[api]?.includes(path[0] ?? '') === true;
  return known && field !== 'model' ? field : `params.${field}`;
}

/** `maxTokens` for `max_tokens`. */
export function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `max_tokens` for `maxTokens`. */
export function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
