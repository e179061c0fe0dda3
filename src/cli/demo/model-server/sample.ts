import { objectOr, type Body } from './rule.js';

/**
 * A value a JSON schema allows, the same one every time; covers the keywords tool and answer schemas use.
 * @example sampleFromSchema({ type: 'object', properties: { city: { type: 'string' } } }) // { city: 'sample' }
 */
export function sampleFromSchema(schema: Body): unknown {
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) return sampleFromSchema(objectOr(branches[0]));
  return sampleOfType(
    Array.isArray(schema['type']) ? (schema['type'][0] as unknown) : schema['type'],
    schema,
  );
}

function sampleOfType(type: unknown, schema: Body): unknown {
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(objectOr(schema['properties'])).map(([name, child]) => [
          name,
          sampleFromSchema(objectOr(child)),
        ]),
      );
    case 'array':
      return [sampleFromSchema(objectOr(schema['items']))];
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'sample';
  }
}
