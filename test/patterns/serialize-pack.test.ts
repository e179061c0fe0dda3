import test from 'ava';
import fc from 'fast-check';
import { canonicalJson } from '../../src/patterns/serialize-pack.js';

/** The normal form as it is defined: the entries of each object sorted, then written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

test('canonicalJson: is what JSON.stringify writes of an object with sorted keys', (t) => {
  const key = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.nat(200).map(String),
    fc.constantFrom('01', '-1', '4294967295'),
  );
  const json = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(key, tie('json'), { maxKeys: 5, noNullPrototype: true }),
    ),
  })).json;
  fc.assert(
    fc.property(json, (value) => {
      t.is(canonicalJson(value), JSON.stringify(sorted(value)));
    }),
    { numRuns: 500 },
  );
});

test('canonicalJson: leaves out what JSON has no word for', (t) => {
  t.is(canonicalJson({ b: undefined, a: 1 }), '{"a":1}');
});
