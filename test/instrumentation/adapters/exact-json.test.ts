import test from 'ava';
import { exactJson } from '../../../src/instrumentation/adapters/exact-json.js';

type Doc = Readonly<Record<string, unknown>>;

const exact = test.macro<[string, (original: Doc) => unknown, string]>({
  exec(t, source, repair, expected) {
    const original = JSON.parse(source) as Doc;
    t.is(exactJson(source, original, repair(original)), expected);
  },
  title: (about) => `exactJson: ${about}`,
});

test(
  'numbers that were not touched are written as they were',
  exact,
  '{"n":1,"id":12345678901234567890,"t":1.0,"e":1e2,"huge":1e400,"fine":0.1000000000000000055}',
  (original) => ({ ...original, n: 2 }),
  '{"n":2,"id":12345678901234567890,"t":1.0,"e":1e2,"huge":1e400,"fine":0.1000000000000000055}',
);
test(
  'so they are inside what was copied and inside what was not',
  exact,
  '{"a":{"ids":[9007199254740993,1],"n":1},"b":[{"id":9007199254740993}]}',
  ({ a, b }) => ({ a: { ...(a as Doc), n: 2 }, b }),
  '{"a":{"ids":[9007199254740993,1],"n":2},"b":[{"id":9007199254740993}]}',
);
test(
  'and in a list whose items moved',
  exact,
  '{"m":[{"drop":true},{"id":9007199254740993},{"id":9007199254740992}]}',
  ({ m }) => ({ m: (m as readonly unknown[]).slice(1) }),
  '{"m":[{"id":9007199254740993},{"id":9007199254740992}]}',
);
test(
  'what a repair writes is written plainly',
  exact,
  '{"t":1.0}',
  () => ({ t: 0.7, list: [1, 'a', null], nested: { on: true } }),
  '{"t":0.7,"list":[1,"a",null],"nested":{"on":true}}',
);

test('exactJson: a number that cannot be written again is refused', (t) => {
  const source = '{"ids":[1,9007199254740993]}';
  const { ids } = JSON.parse(source) as { readonly ids: readonly number[] };
  t.throws(() => exactJson(source, { ids }, { ids: ids.slice(1) }), { instanceOf: RangeError });
});
