import test from 'ava';
import { keeps, repairs } from './repair.js';

const format = (schema: object, strict = true) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'a', strict, schema } },
});
const closed = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const strict = { tools: 'strict_schema' } as const;

const cases: readonly (readonly [string, object, object])[] = [
  [
    'keywords that only narrow',
    { type: 'string', minLength: 1, default: 'x', format: 'uri' },
    { type: 'string' },
  ],
  ['a pattern that looks ahead', { type: 'string', pattern: '^(?=a)' }, { type: 'string' }],
  ['a choice of one', { oneOf: [{ type: 'string' }] }, { anyOf: [{ type: 'string' }] }],
  ['all of one', { allOf: [{ $ref: '#/$defs/B' }] }, { $ref: '#/$defs/B' }],
  [
    'a reference with words beside it',
    { $ref: '#/$defs/B', description: 'd' },
    { description: 'd', anyOf: [{ $ref: '#/$defs/B' }] },
  ],
];
for (const [given, before, after] of cases) {
  test(given, repairs, strict, format(closed({ a: before })), format(closed({ a: after })));
}
test(
  'all of several objects',
  repairs,
  strict,
  format(closed({ a: { allOf: [closed({ b: { type: 'string' } }), closed({ c: { type: 'string' } })] } })),
  format(closed({ a: closed({ b: { type: 'string' }, c: { type: 'string' } }) })),
);
test(
  'names that are required and not there',
  repairs,
  strict,
  format({ ...closed({ a: { type: 'string' } }), required: ['a', 'gone'] }),
  format(closed({ a: { type: 'string' } })),
);
test('what strict schemas may have', keeps, strict, {
  ...format(
    closed({
      a: { type: 'string', pattern: '^a$', format: 'date', description: 'd' },
      b: { type: 'array', items: { type: 'number', minimum: 1 }, minItems: 1 },
      c: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/B' }] },
      default: { type: 'string', enum: ['x'] },
    }),
  ),
});

const relax = { tools: 'relax_strict' } as const;
const map = {
  type: 'object',
  properties: { a: { type: 'object', additionalProperties: { type: 'string' } } },
};
test('free keys', repairs, relax, format(map), format(map, false));
test(
  'a tool with free keys',
  repairs,
  relax,
  { functions: [{ name: 'a', strict: true, parameters: map }] },
  {
    functions: [{ name: 'a', strict: false, parameters: map }],
  },
);
test('closed objects', keeps, relax, format(closed({ a: { type: 'object', properties: {} } })));
