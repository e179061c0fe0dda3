import fc from 'fast-check';
import type { Match } from '../../src/contract/pattern.js';
import type { Json } from '../../src/contract/request.js';

/** A match as the generators make it; they know nothing of types. */
type Generated = fc.Arbitrary<Record<string, unknown>>;

const text = fc.constantFrom('', 'a', 'ab', 'b', 'text');
const number = fc.constantFrom(0, 1, 1.5, 2, 3);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const value: fc.Arbitrary<Json> = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }));
const count = fc.nat({ max: 3 });
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'array', 'object', 'null');
const bound = fc.oneof(number, fc.constantFrom({ field: 'n' }, { field: 'seed' }));
const length = fc.oneof(
  count,
  fc.record({ '=': count, '!=': count, '>': count, '<=': count }, { requiredKeys: ['>'] }),
);
/** An object with one to `most` of these keys. */
function some(model: Record<string, fc.Arbitrary<unknown>>, most: number): Generated {
  const members = Object.entries(model).map(([key, made]) => made.map((value) => [key, value] as const));
  return fc
    .uniqueArray(fc.oneof(...members), { selector: ([key]) => key, minLength: 1, maxLength: most })
    .map((chosen) => Object.fromEntries(chosen));
}

const plain = some(
  {
    '=': value,
    '!=': value,
    '>': bound,
    '>=': bound,
    '<': bound,
    '<=': bound,
    in: fc.array(value, { minLength: 1, maxLength: 3 }),
    not_in: fc.array(value, { minLength: 1, maxLength: 3 }),
    exists: fc.boolean(),
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 2 })),
    contains: fc.constantFrom('a', 'b', 1, null),
    starts_with: fc.constantFrom('a', 'ab', 't'),
    length,
  },
  2,
);

const nested = (fields: fc.Arbitrary<unknown>): Generated =>
  some({ any: fields, every: fields, none: fields }, 2);

const part = some({ type: plain, text: fc.oneof(text, plain), 'item.any': plain }, 2);
const withBranches = (fields: Generated): Generated =>
  fc.oneof(
    { weight: 3, arbitrary: fields },
    fc.record({ any: fc.array(fields, { minLength: 1, maxLength: 2 }) }),
    fc.tuple(fields, fields).map(([outer, inner]) => ({ ...outer, not: inner })),
    fc.tuple(fields, fields).map(([outer, inner]) => ({ ...outer, all: [inner] })),
    fc.tuple(fields, fields, fields).map(([outer, a, b]) => ({ ...outer, any: [a, b] })),
  );
const message = withBranches(
  some({ role: fc.oneof(text, plain), content: fc.oneof(plain, nested(withBranches(part))) }, 2),
);

/** Matches of a request to OpenAI, of every operator that {@link naiveMatch} knows. */
export const anyMatch: fc.Arbitrary<Match> = withBranches(
  some(
    {
      n: fc.oneof(scalar, plain),
      seed: plain,
      'params.temperature': plain,
      'metadata.team': plain,
      metadata: plain,
      stop: fc.oneof(plain, nested(some({ item: fc.oneof(text, plain) }, 1))),
      messages: fc.oneof(plain, nested(message)),
    },
    2,
  ),
) as fc.Arbitrary<Match>;

const mostly = <A, B>(usual: fc.Arbitrary<A>, other: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: other });

const content = mostly(
  fc.oneof(
    text,
    fc.array(fc.record({ type: text, text: mostly(text, scalar), any: scalar }, { requiredKeys: ['type'] }), {
      maxLength: 2,
    }),
  ),
  scalar,
);
const messages = fc.array(fc.record({ role: mostly(text, scalar), content }, { requiredKeys: ['role'] }), {
  maxLength: 3,
});

const params = fc.record(
  {
    n: mostly(number, value),
    seed: mostly(number, scalar),
    temperature: mostly(number, value),
    metadata: mostly(fc.record({ team: value }, { requiredKeys: [] }), scalar),
    stop: mostly(fc.array(scalar, { maxLength: 3 }), scalar),
    messages: mostly(messages, scalar),
  },
  { requiredKeys: ['n', 'messages'] },
);

/** Some requests that have something of what the matches ask. */
export const anyRequests: fc.Arbitrary<readonly Record<string, unknown>[]> = fc.array(params, {
  minLength: 16,
  maxLength: 16,
});
