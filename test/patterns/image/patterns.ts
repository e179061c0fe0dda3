import fc from 'fast-check';
import type { PatternDefinition } from '../../../src/contract/pattern.js';
import type { Json } from '../../../src/contract/request.js';

/** Texts with everything that is awkward to write: other scripts, half characters, nothing at all. */
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), half());

function half(): fc.Arbitrary<string> {
  return fc.constantFrom('\ud800', 'a\udc00b', '\ud83d');
}

const number = fc.oneof(
  fc.integer(),
  fc.nat(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), // JSON has no -0
  fc.constantFrom(0, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -1, 0.1),
);

const key = fc
  .oneof(fc.string({ maxLength: 8 }), fc.nat(20).map(String))
  .filter((name) => name !== '__proto__');

/** Any JSON, numbers as keys included. */
const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4 }),
  ),
})).json;

/** Patterns that are no use to anybody but hold any JSON; the ids are those of their places. */
export const definitions: fc.Arbitrary<readonly PatternDefinition[]> = fc
  .array(
    fc.record({
      set: fc.dictionary(key, json, { maxKeys: 4 }),
      equal: json,
      description: fc.option(text),
      version: fc.nat(),
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ set, equal, description, version }, index) => ({
      id: `p.${index}`,
      version: version + 1,
      match: { seed: { '=': equal } },
      fix: [{ set }],
      confidence: 0.9,
      rollout: 1,
      priority: 0,
      ...(description === null ? {} : { description }),
    })),
  );
