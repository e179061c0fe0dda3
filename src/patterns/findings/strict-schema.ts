// HOT: runs on every LLM call with a strict schema that a pack has findings for. Benchmark: npm run bench -- match
import type { Params } from '../../contract/request.js';
import { isRecord, listOf, own } from '../own.js';
import { MANY, NAMED, ONE } from './schema-dialect.js';

const MAX_DEPTH = 32;

/**
 * Keywords Anthropic's structured outputs refuse, or take with few values.
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export const UNSUPPORTED: readonly string[] = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
];

/** Whether a schema that is enforced says something Anthropic cannot enforce, or leaves an object open. */
export function hasLooseSchema(params: Params): boolean {
  if (isLoose(formatSchema(params, 'output_config', 'format'), 0)) return true;
  if (isLoose(own(params['output_format'], 'schema'), 0)) return true;
  return listOf(params['tools']).some(
    (tool) => own(tool, 'strict') === true && isLoose(own(tool, 'input_schema'), 0),
  );
}

function formatSchema(params: Params, holder: string, key: string): unknown {
  return own(own(params[holder], key), 'schema');
}

function isLoose(schema: unknown, depth: number): boolean {
  if (!isRecord(schema) || depth >= MAX_DEPTH) return false;
  if (isLooseLevel(schema)) return true;
  for (const key of ONE) if (isLoose(own(schema, key), depth + 1)) return true;
  for (const key of MANY)
    for (const item of listOf(own(schema, key))) if (isLoose(item, depth + 1)) return true;
  for (const key of NAMED) {
    const named = own(schema, key);
    if (!isRecord(named)) continue;
    for (const name of Object.keys(named)) if (isLoose(own(named, name), depth + 1)) return true;
  }
  return false;
}

/** Whether this level of a schema is. */
export function isLooseLevel(schema: unknown): boolean {
  if (isOpenObject(schema) || isLongList(schema)) return true;
  return UNSUPPORTED.some((key) => own(schema, key) !== undefined);
}

/** True for an object of named properties that allows others. A map with free keys cannot be closed. */
export function isOpenObject(schema: unknown): boolean {
  return isRecord(own(schema, 'properties')) && own(schema, 'additionalProperties') !== false;
}

/** True where a list must have more than one item. */
export function isLongList(schema: unknown): boolean {
  const least = own(schema, 'minItems');
  return typeof least === 'number' && least > 1;
}
