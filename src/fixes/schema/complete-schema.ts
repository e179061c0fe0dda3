import { isRecord, listOf, own } from '../../patterns/own.js';
import { NAMED_SCHEMAS } from '../../patterns/schema/keywords.js';
import { isFaultySchema, mayBeArray, standardType } from '../../patterns/schema/schema-faults.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { mapSchema, withKeyword } from './map-schema.js';

const ANY_SCHEMA: Fields = Object.freeze({});

/**
 * Completes a schema and all inside it to what providers check for: lists get `items`, types the names JSON Schema has for
 * them, and what libraries write for "nothing" (null, PHP's empty list for an empty object) goes. What a schema accepts stays.
 * @example completeSchema({ type: 'array' }) // { type: 'array', items: {} }
 */
export function completeSchema(schema: unknown): unknown {
  return mapSchema(liftRequired(schema), (part) => (isFaultySchema(part) ? completePart(part) : part));
}

/** The schema of a function's parameters, completed and an object with properties; anything else but null stays. */
export function completeParameters(parameters: unknown): unknown {
  if (parameters === null || (Array.isArray(parameters) && parameters.length === 0))
    return { type: 'object', properties: {} };
  if (typeof parameters === 'string') return parsed(parameters);
  if (!isRecord(parameters)) return parameters;
  const completed = completeSchema(resolveRoot(parameters));
  if (!isRecord(completed)) return completed;
  const typed = own(completed, 'type') === undefined ? copyWith(completed, 'type', 'object') : completed;
  if (own(typed, 'type') !== 'object' || isRecord(own(typed, 'properties'))) return typed;
  return copyWith(typed, 'properties', {});
}

/** The parameters a text says as JSON, completed; the text itself where it says none. */
function parsed(text: string): unknown {
  try {
    const schema: unknown = JSON.parse(text);
    return isRecord(schema) ? completeParameters(schema) : text;
  } catch {
    return text;
  }
}

/** A root that is only a reference into its own definitions, with what it refers to in its place. */
function resolveRoot(schema: Fields): Fields {
  const reference = own(schema, '$ref');
  const [, holder = '', name = ''] =
    typeof reference === 'string' ? (/^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference) ?? []) : [];
  const target = own(own(schema, holder), name);
  return isRecord(target) ? { ...copyWithout(schema, '$ref'), ...target } : schema;
}

function completePart(schema: Fields): Fields {
  let next = withoutNulls(schema);
  const type = standardTypes(own(next, 'type'));
  next = type === undefined ? copyWithout(next, 'type') : withKeyword(next, 'type', type);
  for (const key of NAMED_SCHEMAS) if (Array.isArray(own(next, key))) next = copyWith(next, key, {});
  next = completeLists(next);
  next = exclusive(exclusive(next, 'exclusiveMinimum', 'minimum'), 'exclusiveMaximum', 'maximum');
  const items = own(next, 'items');
  if (Array.isArray(items)) next = copyWith(next, 'items', items.length > 0 ? { anyOf: items } : ANY_SCHEMA);
  return mayBeArray(next) && own(next, 'items') === undefined ? copyWith(next, 'items', ANY_SCHEMA) : next;
}

function withoutNulls(schema: Fields): Fields {
  return Object.keys(schema)
    .filter((key) => schema[key] === null && key !== 'default' && key !== 'const' && key !== 'example')
    .reduce(copyWithout, schema);
}

/** Types JSON Schema knows; undefined where any value is meant or nothing is known. */
function standardTypes(type: unknown): unknown {
  if (typeof type === 'string') return standardType(type);
  if (!Array.isArray(type)) return type;
  const types = rewrite(listOf(type), (name) => {
    const known = typeof name === 'string' ? standardType(name) : undefined;
    return known === undefined ? [] : [known];
  });
  return types.length > 0 ? types : undefined;
}

/** `required` as a list of distinct names, `enum` as a list of values. */
function completeLists(schema: Fields): Fields {
  let next = schema;
  const required = own(next, 'required');
  if (required !== undefined && !Array.isArray(required)) next = copyWithout(next, 'required');
  else if (Array.isArray(required)) {
    const names = [...new Set(listOf(required).filter((name) => typeof name === 'string'))];
    if (names.length !== required.length) next = copyWith(next, 'required', names);
  }
  const values = own(next, 'enum');
  if (values === undefined || (Array.isArray(values) && values.length > 0)) return next;
  return isRecord(values) && Object.keys(values).length > 0
    ? copyWith(next, 'enum', Object.values(values))
    : copyWithout(next, 'enum');
}

/** A bound that is exclusive by a flag, as in draft 4, becomes the bound itself. */
function exclusive(schema: Fields, flag: string, bound: string): Fields {
  const value = own(schema, flag);
  if (typeof value !== 'boolean') return schema;
  const limit = own(schema, bound);
  if (!value || typeof limit !== 'number') return copyWithout(schema, flag);
  return copyWith(copyWithout(schema, bound), flag, limit);
}

/** `required: true` inside a property, as in draft 3, becomes its name in the list of the object around it. */
function liftRequired(schema: unknown): unknown {
  return mapSchema(schema, (part) => {
    const properties = own(part, 'properties');
    if (!isRecord(properties)) return part;
    const flagged = Object.keys(properties).filter((name) => own(own(properties, name), 'required') === true);
    if (flagged.length === 0) return part;
    const required = listOf(own(part, 'required'));
    const added = flagged.filter((name) => !required.includes(name));
    return added.length === 0 ? part : copyWith(part, 'required', [...required, ...added]);
  });
}
