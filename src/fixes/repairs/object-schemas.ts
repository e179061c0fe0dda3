import { BEDROCK_CONVERSE } from '../../patterns/conversation.js';
import { isCustom } from '../../patterns/findings/anthropic-tools.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { mergeCombined } from './merge-combined.js';
import { modernSchema } from './modern-schema.js';

/** What a schema may have become in the hands of the caller: the types an object is declared as. */
const OBJECT_TYPES: readonly unknown[] = [
  undefined,
  null,
  'None',
  'null',
  'any',
  'Object',
  'OBJECT',
  'dict',
  '',
];

/** Makes the schema of each tool one of an object: a missing one takes nothing, alternatives on top become one object. */
export function objectSchemas(api: string, params: Fields): Fields {
  return mapSchemas(api, params, (schema) => asObjectSchema(mergeCombined(isRecord(schema) ? schema : {})));
}

/** Writes the schema of each tool in the words of JSON Schema draft 2020-12. */
export function modernSchemas(api: string, params: Fields): Fields {
  return mapSchemas(api, params, (schema) => modernSchema(schema));
}

function mapSchemas(api: string, params: Fields, change: (schema: unknown) => unknown): Fields {
  const isConverse = api === BEDROCK_CONVERSE;
  const path = isConverse ? ['toolConfig', 'tools'] : ['tools'];
  const schemaPath = isConverse ? ['toolSpec', 'inputSchema', 'json'] : ['input_schema'];
  const tools = listOf(getAt(params, path));
  const next = rewrite(tools, (tool) => {
    const isOurs = isRecord(tool) && (isConverse ? isRecord(own(tool, 'toolSpec')) : isCustom(tool));
    if (!isOurs) return [tool];
    const schema = getAt(tool, schemaPath);
    const changed = change(schema);
    return [changed === schema ? tool : setAt(tool, schemaPath, changed)];
  });
  return next === tools ? params : setAt(params, path, next);
}

function asObjectSchema(schema: Fields): Fields {
  const type = own(schema, 'type');
  if (type === 'object') return schema;
  const types = listOf(type);
  if (!OBJECT_TYPES.includes(type) && !types.includes('object') && !isRecord(own(schema, 'properties')))
    return schema;
  const typed = copyWith(schema, 'type', 'object');
  const isBare = Object.keys(copyWithout(typed, 'type')).length === 0;
  return isBare ? copyWith(typed, 'properties', {}) : typed;
}
