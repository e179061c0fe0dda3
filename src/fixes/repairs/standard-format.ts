import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';

/** Keys that say how a schema is used; anything else beside them is the schema itself. */
const KEYS: readonly string[] = ['name', 'description', 'strict', 'schema'];

/**
 * Gives a schema as the response format the form of chat completions: what lies flat in the format, as in OpenAI's responses,
 * or in place of `json_schema`, goes where it belongs.
 */
export function standardFormat(_api: string, params: Fields): Fields {
  const format = own(params, 'response_format');
  if (!isRecord(format) || own(format, 'type') !== 'json_schema') return params;
  const inner = own(format, 'json_schema');
  const holder = isRecord(inner) ? nested(inner) : flat(format);
  if (holder === inner || holder === undefined) return params;
  return copyWith(params, 'response_format', { type: 'json_schema', json_schema: holder });
}

function flat(format: Fields): Fields | undefined {
  if (!isRecord(own(format, 'schema'))) return undefined;
  return Object.fromEntries(
    KEYS.filter((key) => own(format, key) !== undefined).map((key) => [key, own(format, key)]),
  );
}

/** A schema that stands where its holder should. */
function nested(inner: Fields): Fields {
  if (own(inner, 'schema') !== undefined || !isRecord(own(inner, 'properties'))) return inner;
  return { schema: inner };
}
