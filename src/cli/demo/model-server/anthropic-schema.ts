import { isObject, objectOr, type Body } from './rule.js';

/** Words structured outputs have no meaning for, by the type they are said of. */
const NOT_SUPPORTED: readonly (readonly [type: string, words: readonly string[]])[] = [
  ['integer', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['string', ['minLength', 'maxLength']],
  ['array', ['maxItems', 'uniqueItems', 'contains']],
  ['object', ['minProperties', 'maxProperties', 'patternProperties']],
];

/**
 * What Anthropic's structured outputs find wrong with a JSON schema, or undefined when they are content.
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export function anthropicSchemaFault(schema: Body): string | undefined {
  return ownFault(schema) ?? childFault(schema);
}

function ownFault(schema: Body): string | undefined {
  const types = [schema['type']].flat();
  if (types.includes('object') && schema['additionalProperties'] !== false)
    return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  for (const [type, words] of NOT_SUPPORTED) {
    const found = types.includes(type) ? words.filter((word) => schema[word] !== undefined) : [];
    if (found.length > 0)
      return `For '${type}' type, ${found.length === 1 ? 'property' : 'properties'} ${found.map((word) => `'${word}'`).join(', ')} ${found.length === 1 ? 'is' : 'are'} not supported`;
  }
  const least = schema['minItems'];
  return types.includes('array') && typeof least === 'number' && least > 1
    ? "For 'array' type, 'minItems' values other than 0 or 1 are not supported"
    : undefined;
}

function childFault(schema: Body): string | undefined {
  const named = ['properties', '$defs', 'definitions'].flatMap((word) =>
    Object.values(objectOr(schema[word])),
  );
  const variants = ['anyOf', 'allOf'].flatMap((word): readonly unknown[] => {
    const list = schema[word];
    return Array.isArray(list) ? list : [];
  });
  for (const child of [...named, ...variants, schema['items']]) {
    const fault = isObject(child) ? anthropicSchemaFault(child) : undefined;
    if (fault) return fault;
  }
  return undefined;
}
