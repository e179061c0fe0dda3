import { isObject, objectOr, type Body } from './rule.js';

/**
 * What OpenAI's strict mode finds wrong with a JSON schema, in its wording, or undefined when it is content.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 * @example strictSchemaFault({ type: 'object', properties: {}, required: [] })
 * // "In context=(), 'additionalProperties' is required to be supplied and to be false."
 */
export function strictSchemaFault(schema: Body, context: readonly string[] = []): string | undefined {
  return ownFault(schema, context) ?? childFault(schema, context);
}

function ownFault(schema: Body, context: readonly string[]): string | undefined {
  if (schema['type'] === 'array' && !isObject(schema['items'])) {
    return `${place(context)} array schema missing items.`;
  }
  if (schema['type'] !== 'object') return undefined;
  if (schema['additionalProperties'] !== false) {
    return `${place(context)} 'additionalProperties' is required to be supplied and to be false.`;
  }
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const missing = Object.keys(objectOr(schema['properties'])).find((name) => !required.includes(name));
  if (missing === undefined) return undefined;
  return (
    `${place(context)} 'required' is required to be supplied and to be an array including every key in properties. ` +
    `Missing '${missing}'.`
  );
}

function childFault(schema: Body, context: readonly string[]): string | undefined {
  for (const [name, child] of Object.entries(objectOr(schema['properties']))) {
    const fault = isObject(child) ? strictSchemaFault(child, [...context, 'properties', name]) : undefined;
    if (fault) return fault;
  }
  return isObject(schema['items']) ? strictSchemaFault(schema['items'], [...context, 'items']) : undefined;
}

/** OpenAI prints the place as a Python tuple. */
function place(context: readonly string[]): string {
  const parts = context.map((part) => `'${part}'`).join(', ');
  return `In context=(${context.length === 1 ? `${parts},` : parts}),`;
}
