import { isRecord, own } from '../../patterns/own.js';
import { formatName } from '../../patterns/responses/format.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/**
 * The format of the answer as `text.format` takes it: what chat completions keep in `json_schema` stands beside the type,
 * and the schema has a name of letters, digits, dashes and underscores.
 */
export function flatFormat(format: Fields): Fields {
  if (own(format, 'type') !== 'json_schema') return format;
  const nested = own(format, 'json_schema');
  const flat: Fields = isRecord(nested)
    ? { ...copyWithout(format, 'json_schema'), ...withSchema(nested) }
    : format;
  const name = own(flat, 'name');
  const valid = formatName(name);
  return valid === name ? flat : copyWith(flat, 'name', valid);
}

/** Some give the schema itself where it should be wrapped with its name. */
function withSchema(nested: Fields): Fields {
  return own(nested, 'schema') === undefined && own(nested, 'type') === 'object'
    ? { schema: nested }
    : nested;
}
