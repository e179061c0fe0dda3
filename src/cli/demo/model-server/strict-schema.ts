import { isObject, objectOr, type Body } from './rule.js';

/** Words strict mode has no meaning for. */
const NOT_PERMITTED = (
  'allOf not oneOf dependentRequired dependentSchemas if then else patternProperties propertyNames unevaluatedProperties ' +
  'minProperties maxProperties unevaluatedItems contains minContains maxContains uniqueItems default'
).split(' ');
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];

/** Finds what is wrong with one schema, without those inside it. */
type OwnFault = (schema: Body, context: readonly string[]) => string | undefined;

/**
 * What OpenAI's strict mode finds wrong with a JSON schema, in its wording, or undefined when it is content.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 * @example strictSchemaFault({ type: 'object', properties: {}, required: [] })
 * // "In context=(), 'additionalProperties' is required to be supplied and to be false."
 */
export function strictSchemaFault(schema: Body): string | undefined {
  return faultIn(schema, [], strictFault);
}

/** What OpenAI finds wrong with the parameters of a function that is not strict. */
export function looseSchemaFault(schema: Body): string | undefined {
  return faultIn(schema, [], itemsFault);
}

function faultIn(schema: Body, context: readonly string[], own: OwnFault): string | undefined {
  const fault = own(schema, context);
  if (fault) return fault;
  for (const [child, path] of children(schema)) {
    const inner = faultIn(child, [...context, ...path], own);
    if (inner) return inner;
  }
  return undefined;
}

function children(schema: Body): readonly (readonly [Body, readonly string[]])[] {
  const named = ['properties', '$defs', 'definitions'].flatMap((word) =>
    Object.entries(objectOr(schema[word])).map(([name, child]) => [child, [word, name]] as const),
  );
  const variants = Array.isArray(schema['anyOf'])
    ? schema['anyOf'].map((child: unknown, index) => [child, ['anyOf', String(index)]] as const)
    : [];
  const all = [...named, ...variants, [schema['items'], ['items']] as const];
  return all.flatMap(([child, path]) => (isObject(child) ? [[child, path] as const] : []));
}

function itemsFault(schema: Body, context: readonly string[]): string | undefined {
  const isList = schema['type'] === 'array';
  return isList && !isObject(schema['items']) ? `${place(context)} array schema missing items.` : undefined;
}

function strictFault(schema: Body, context: readonly string[]): string | undefined {
  const word = NOT_PERMITTED.find((name) => schema[name] !== undefined);
  if (word !== undefined) return `${place(context)} '${word}' is not permitted.`;
  const beside = Object.keys(schema).filter((name) => name !== '$ref');
  if (schema['$ref'] !== undefined && beside.length > 0 && context.length > 0)
    return `${place(context)} $ref cannot have keywords {${beside.map((name) => `'${name}'`).join(', ')}}.`;
  const { format } = schema;
  if (typeof format === 'string' && !FORMATS.includes(format))
    return `${place(context)} '${format}' is not a valid format.`;
  if (['type', 'anyOf', '$ref', 'enum', 'const'].every((name) => schema[name] === undefined))
    return `${place(context)} schema must have a 'type' key.`;
  return itemsFault(schema, context) ?? objectFault(schema, context);
}

function objectFault(schema: Body, context: readonly string[]): string | undefined {
  const { type } = schema;
  if (type !== 'object' && !(Array.isArray(type) && type.includes('object'))) return undefined;
  if (schema['additionalProperties'] !== false) {
    return `${place(context)} 'additionalProperties' is required to be supplied and to be false.`;
  }
  const names = Object.keys(objectOr(schema['properties']));
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const rule = `${place(context)} 'required' is required to be supplied and to be an array including every key in properties.`;
  const missing = names.find((name) => !required.includes(name));
  if (missing !== undefined) return `${rule} Missing '${missing}'.`;
  const extra = required.map(String).find((name) => !names.includes(name));
  return extra === undefined ? undefined : `${rule} Extra required key '${extra}' supplied.`;
}

/** OpenAI prints the place as a Python tuple. */
function place(context: readonly string[]): string {
  const parts = context.map((part) => `'${part}'`).join(', ');
  return `In context=(${context.length === 1 ? `${parts},` : parts}),`;
}
