import type { Json } from '../contract/request.js';
import type { Schema } from './arguments.js';
import { FACTS } from './fact-table.js';
import { KNOWN_APIS, KNOWN_PARAMETERS } from './fields.js';
import { CONTEXT_FIELDS, VIEW_FIELDS } from './view-fields.js';
import { OPERATIONS } from './fix-language.js';
import { OPERATORS } from './language.js';
import { NAME_SCHEMA, PATTERN_KEYS, SCOPE_PARTS } from './pattern-keys.js';

const CONDITION: Schema = { $ref: '#/definitions/condition' };

/**
 * The schema of pack files for editors, draft 7, which is what YAML language servers know best. It is made of the tables the
 * checks use, and never refuses what they accept; they refuse more, such as a parameter of another API, an expression that
 * is not RE2, or a match that can never hold.
 */
export function packSchema(): Schema {
  const pattern: Schema = { $ref: '#/definitions/pattern' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Arc pack',
    description: 'Patterns of LLM requests known to fail, and what to send instead.',
    anyOf: [{ $ref: '#/definitions/pack' }, pattern, { type: 'array', items: pattern }],
    definitions: {
      pack: object(
        {
          pack: described('Name of the pack; its file name when left out.', NAME_SCHEMA),
          version: described('Any text, in quotes where it looks like a number.', {
            anyOf: [{ type: 'string', minLength: 1 }, { type: 'integer' }],
          }),
          patterns: { type: 'array', items: pattern },
        },
        ['patterns'],
      ),
      pattern: patternSchema(),
      scope: { ...object(scopeParts(), []), minProperties: 1 },
      match: matchSchema(requestFields(), { $ref: '#/definitions/match' }),
      item: matchSchema({ additionalProperties: CONDITION }, { $ref: '#/definitions/item' }),
      condition: {
        anyOf: [
          { type: ['string', 'number', 'boolean', 'null'] },
          { ...object(operators(), []), minProperties: 1 },
        ],
      },
      fix: {
        anyOf: [
          { type: 'array', items: { $ref: '#/definitions/operation' }, minItems: 1 },
          { type: 'object', minProperties: 1, propertyNames: { not: { enum: Object.keys(OPERATIONS) } } },
        ],
      },
      operation: { ...object(operations(), []), minProperties: 1, maxProperties: 1 },
      tests: { type: 'array', items: testSchema(), minItems: 1 },
    },
  };
}

function patternSchema(): Schema {
  const keys = entries(PATTERN_KEYS, ({ doc, schema }) => described(doc, schema));
  const forms: readonly Schema[] = [
    { required: ['id', 'match', 'fix'], not: { required: ['pattern'] } },
    { required: ['pattern', 'fix'], not: { required: ['match'] } },
  ];
  return { ...object(keys, []), anyOf: forms };
}

function matchSchema(fields: Schema, nested: Schema): Schema {
  const branches: Schema = { type: 'array', items: nested, minItems: 1 };
  const { properties = {}, ...rest } = fields;
  return {
    type: 'object',
    minProperties: 1,
    properties: {
      all: described('All of these hold.', branches),
      any: described('At least one of these holds.', branches),
      not: described('This does not hold.', nested),
      ...(properties as Schema), // built just below
    },
    additionalProperties: false,
    ...rest,
  };
}

function requestFields(): Schema {
  const facts = entries(FACTS, ({ doc }) => described(doc, CONDITION));
  const named = [...VIEW_FIELDS, ...CONTEXT_FIELDS, ...KNOWN_PARAMETERS].map(
    (name) => [name, CONDITION] as const,
  );
  const roots = KNOWN_PARAMETERS.filter((name) => name !== 'context').join('|'); // those are named above
  return {
    properties: {
      ...Object.fromEntries(named),
      ...Object.fromEntries(Object.entries(facts).map(([name, schema]) => [`facts.${name}`, schema])),
      api: { anyOf: [{ enum: KNOWN_APIS }, { type: 'object' }] },
    },
    patternProperties: {
      [`^(params|${roots})(\\.[^.]+)+$`]: CONDITION,
      [`^facts\\.(${Object.keys(FACTS).join('|')})\\..+$`]: CONDITION,
    },
  };
}

function operators(): Schema {
  return entries(OPERATORS, ({ doc, schema }) => described(doc, schema));
}

function operations(): Schema {
  return entries(OPERATIONS, ({ doc, schema }) => described(doc, schema));
}

function scopeParts(): Schema {
  return entries(SCOPE_PARTS, (doc, part) => {
    const name: Schema = part === 'api' ? { enum: KNOWN_APIS } : { type: 'string', minLength: 1 };
    return described(doc, { anyOf: [name, { type: 'array', items: name, minItems: 1 }] });
  });
}

function testSchema(): Schema {
  const parameters: Schema = { type: 'object' };
  return object(
    {
      name: { type: 'string', minLength: 1 },
      request: described(
        'The parameters of a request, and its provider and api where it matters.',
        parameters,
      ),
      expect: {
        anyOf: [{ enum: ['pass', 'fix'] }, object({ params: parameters }, ['params'])],
      },
    },
    ['request', 'expect'],
  );
}

function object(properties: Schema, required: readonly string[]): Schema {
  const strict = { type: 'object', properties, additionalProperties: false };
  return required.length > 0 ? { ...strict, required } : strict;
}

/** A keyword beside `$ref` has no force in draft 7, so a reference is wrapped. */
function described(description: string, schema: Schema): Schema {
  return '$ref' in schema ? { description, allOf: [schema] } : { description, ...schema };
}

function entries<T>(table: { readonly [name: string]: T }, schemaOf: (row: T, name: string) => Json): Schema {
  return Object.fromEntries(Object.entries(table).map(([name, row]) => [name, schemaOf(row, name)]));
}
