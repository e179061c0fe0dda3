import { MANY, NAMED, ONE } from '../../patterns/findings/schema-dialect.js';
import { UNSUPPORTED, isLongList, isOpenObject } from '../../patterns/findings/strict-schema.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { replaced } from './map-blocks.js';

const MAX_DEPTH = 32;

/** Where a format keeps its schema. */
const FORMATS: readonly (readonly string[])[] = [
  ['output_config', 'format', 'schema'],
  ['output_format', 'schema'],
];

/**
 * Brings schemas that Anthropic enforces into what it can: objects are closed, and bounds it does not know move into the
 * description, where the model reads them.
 */
export function enforceableSchemas(_api: string, params: Fields): Fields {
  const formatted = FORMATS.reduce((current, path) => {
    const schema = getAt(current, path);
    const next = enforceable(schema, 0);
    return next === schema ? current : setAt(current, path, next);
  }, params);
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool) => {
    if (!isRecord(tool) || own(tool, 'strict') !== true) return [tool];
    const schema = own(tool, 'input_schema');
    return [schema === undefined ? tool : replaced(tool, 'input_schema', enforceable(schema, 0))];
  });
  return next === tools ? formatted : copyWith(formatted, 'tools', next);
}

function enforceable(schema: unknown, depth: number): unknown {
  if (!isRecord(schema) || depth >= MAX_DEPTH) return schema;
  let next = withoutBounds(isOpenObject(schema) ? copyWith(schema, 'additionalProperties', false) : schema);
  for (const key of ONE) {
    const inner = own(next, key);
    if (isRecord(inner)) next = replaced(next, key, enforceable(inner, depth + 1));
  }
  for (const key of MANY) {
    const list = own(next, key);
    if (Array.isArray(list))
      next = replaced(
        next,
        key,
        rewrite(listOf(list), (item) => [enforceable(item, depth + 1)]),
      );
  }
  for (const key of NAMED) {
    const named = own(next, key);
    if (isRecord(named)) next = replaced(next, key, inNamed(named, depth + 1));
  }
  return next;
}

function inNamed(named: Fields, depth: number): Fields {
  return Object.keys(named).reduce(
    (current, name) => replaced(current, name, enforceable(own(current, name), depth)),
    named,
  );
}

function withoutBounds(schema: Fields): Fields {
  const keys = UNSUPPORTED.filter((key) => own(schema, key) !== undefined);
  const all = isLongList(schema) ? [...keys, 'minItems'] : keys;
  if (all.length === 0) return schema;
  const bounds = all.map((key) => `${key}: ${String(own(schema, key))}`).join(', ');
  const description = own(schema, 'description');
  const text = typeof description === 'string' && description !== '' ? `${description} (${bounds})` : bounds;
  return copyWith(all.reduce(copyWithout, schema), 'description', text);
}
