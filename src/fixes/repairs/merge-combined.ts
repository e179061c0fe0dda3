import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Properties of several schemas together, and which of them every call must have. */
interface Merged {
  readonly properties: Fields;
  readonly required: readonly unknown[];
}

const NOTHING: Merged = { properties: {}, required: [] };

/**
 * Turns `allOf`, `anyOf` and `oneOf` on top of a schema into one object of all their properties. What all of `allOf`
 * require stays required; of alternatives, what each of them requires. A property that differs may be either.
 */
export function mergeCombined(schema: Fields): Fields {
  const all = listOf(own(schema, 'allOf'));
  const anyOf = listOf(own(schema, 'anyOf'));
  const oneOf = listOf(own(schema, 'oneOf'));
  const keys = ['allOf', 'anyOf', 'oneOf'].filter((key) => Array.isArray(own(schema, key)));
  if (keys.length === 0) return schema;
  const parts = all.map((part) => membersOf(part, schema));
  const alternatives = [anyOf, oneOf].map((list) => eitherOf(list.map((part) => membersOf(part, schema))));
  const merged = [membersOf(schema, schema), ...parts, ...alternatives].reduce(both);
  const bare = keys.reduce(copyWithout, copyWith(schema, 'type', 'object'));
  const filled = copyWith(bare, 'properties', merged.properties);
  return merged.required.length > 0
    ? copyWith(filled, 'required', merged.required)
    : copyWithout(filled, 'required');
}

function membersOf(part: unknown, root: Fields): Merged {
  const schema = resolved(part, root);
  const properties = own(schema, 'properties');
  const inner = schema === root ? [] : listOf(own(schema, 'allOf'));
  const members = {
    properties: isRecord(properties) ? properties : {},
    required: listOf(own(schema, 'required')),
  };
  return inner
    .map((item) => own(item, 'properties'))
    .filter(isRecord)
    .reduce<Merged>((merged, more) => both(merged, { properties: more, required: [] }), members);
}

/** A reference into the schema's own definitions, followed once. */
function resolved(part: unknown, root: Fields): unknown {
  const reference = own(part, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return part;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => own(value, key), root);
}

function both(one: Merged, other: Merged): Merged {
  const properties: Record<string, unknown> = { ...one.properties };
  for (const [name, schema] of Object.entries(other.properties)) {
    const present = own(properties, name);
    properties[name] =
      present === undefined || isSame(present, schema) ? schema : { anyOf: [present, schema] };
  }
  return { properties, required: [...new Set([...one.required, ...other.required])] };
}

function eitherOf(alternatives: readonly Merged[]): Merged {
  const [first = NOTHING, ...rest] = alternatives;
  return rest.reduce(
    (merged, next) => ({
      properties: both(merged, next).properties,
      required: merged.required.filter((name) => next.required.includes(name)),
    }),
    first,
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
