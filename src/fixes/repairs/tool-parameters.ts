import { FUNCTION_FIELDS, TOOL_FIELDS, isFlatTool } from '../../patterns/findings/offered-tools.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { mapSchema } from '../schema/map-schema.js';

/** Gives functions without parameters the schema of an object without properties. */
export function addParameters(_api: string, params: Fields): Fields {
  return mapFunctions(params, (fn) =>
    (own(fn, 'parameters') ?? null) === null
      ? copyWith(fn, 'parameters', { type: 'object', properties: {} })
      : fn,
  );
}

/** Writes functions in the form of another API as chat completions have them. */
export function nestFunctions(_api: string, params: Fields): Fields {
  return mapTools(params, (tool) => {
    if (!isFlatTool(tool)) return tool;
    const { type: _type, name, description, parameters, input_schema: schema, strict } = tool;
    return {
      type: 'function',
      function: {
        name,
        ...(description === undefined ? {} : { description }),
        parameters: parameters ?? schema,
        ...(strict === undefined ? {} : { strict }),
      },
    };
  });
}

/** Removes fields of tools and functions that chat APIs do not share. */
export function dropStrayToolFields(_api: string, params: Fields): Fields {
  const trimmed = mapFunctions(params, (fn) => only(fn, FUNCTION_FIELDS));
  return mapTools(trimmed, (tool) => (own(tool, 'function') === undefined ? tool : only(tool, TOOL_FIELDS)));
}

function only(object: Fields, fields: readonly string[]): Fields {
  return Object.keys(object)
    .filter((key) => !fields.includes(key))
    .reduce<Fields>(copyWithout, object);
}

/** Moves the type of a schema with `anyOf` into those of its alternatives that name none. */
export function typeInAnyOf(_api: string, params: Fields): Fields {
  return mapFunctions(params, (fn) => {
    const schema = own(fn, 'parameters');
    const next = mapSchema(schema, withTypesInside);
    return next === schema ? fn : copyWith(fn, 'parameters', next);
  });
}

function withTypesInside(schema: Fields): Fields {
  const type = own(schema, 'type');
  const options = own(schema, 'anyOf');
  if (type === undefined || !Array.isArray(options) || options.length === 0) return schema;
  const typed = rewrite(listOf(options), (option) => [
    isRecord(option) && own(option, 'type') === undefined && own(option, '$ref') === undefined
      ? copyWith(option, 'type', type)
      : option,
  ]);
  return copyWithout(copyWith(schema, 'anyOf', typed), 'type');
}

function mapFunctions(params: Fields, change: (fn: Fields) => Fields): Fields {
  return mapTools(params, (tool) => {
    const fn = own(tool, 'function');
    if (!isRecord(fn)) return tool;
    const changed = change(fn);
    return changed === fn ? tool : copyWith(tool, 'function', changed);
  });
}

function mapTools(params: Fields, change: (tool: Fields) => Fields): Fields {
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool) => [isRecord(tool) ? change(tool) : tool]);
  return next === tools ? params : copyWith(params, 'tools', next);
}
