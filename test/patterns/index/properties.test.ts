import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import type { Clock } from '../../../src/contract/clock.js';
import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { accessOf } from '../../../src/patterns/index/access.js';
import { createPackHolder } from '../../../src/patterns/pack-holder.js';
import { parsePack } from '../../../src/patterns/parse-pack.js';
import { openaiRequest } from '../requests.js';
import { matches, patterns, requests } from './any-pattern.js';
import { imageOf, linearMatcher } from './linear.js';

const SEED = 20261121;
const PLACE = { service: 'cart', environment: 'production' };
const NOW = Date.parse('2026-06-01T00:00:00.400Z');
const CLOCK: Clock = { wall: () => NOW, steady: () => NOW + 5_000 };

/** Ids of what runs, in the order in which it acts. */
type Ask = (view: RequestView, now: number) => readonly string[];

function indexed(definitions: readonly PatternDefinition[], few = 0): Ask {
  const holder = createPackHolder({ place: PLACE, clock: CLOCK });
  holder.putImage(imageOf(definitions, few), 'file', true);
  return (view, now) =>
    holder
      .matcher()
      .match(createFacts(view), now)
      .map(({ definition }) => definition.id);
}

/** Patterns that a sketch proposes: those it may miss, which `similar.test.ts` counts. */
function estimated(definitions: readonly PatternDefinition[]): ReadonlySet<string> {
  const found = definitions.filter(({ match, scope }) =>
    accessOf(match, scope).some(({ kind }) => kind === 'similar'),
  );
  return new Set(found.map(({ id }) => id));
}

test('index: finds what trying all patterns in turn finds, for any patterns and requests', (t) => {
  let [compared, held, ranged] = [0, 0, 0];
  fc.assert(
    fc.property(patterns(150, 250), requests(24), fc.constantFrom(0, 0, 32), (definitions, views, few) => {
      ranged += imageOf(definitions, few).words('ranges.numbers').length;
      const [index, linear, mayMiss] = [
        indexed(definitions, few),
        linearMatcher(definitions, PLACE, CLOCK),
        estimated(definitions),
      ];
      for (const view of views) {
        for (const later of [0, 300, 2_000]) {
          const expected = linear(view, CLOCK.steady() + later);
          const found = index(view, CLOCK.steady() + later);
          const missed = expected.filter((id) => mayMiss.has(id) && !found.includes(id));
          t.deepEqual(
            found,
            expected.filter((id) => !missed.includes(id)),
          );
          compared += definitions.length;
          held += expected.length;
        }
      }
    }),
    { numRuns: 80, seed: SEED },
  );
  t.true(compared > 1_000_000, `${compared} comparisons`);
  t.true(held > 100_000, `${held} fit`);
  t.true(ranged > 2_000, `${ranged} ranges`);
});

test('index: a getter that throws, and one that sends a request of its own, disturb no other request', (t) => {
  const ask = indexed([
    { ...base('p0'), match: { user: { contains: 'needle' } } },
    { ...base('p1'), match: { seed: 7 } },
  ]);
  const inner = openaiRequest({ user: 'a needle', seed: 7 });
  const nested: (readonly string[])[] = [];
  const outer = openaiRequest({
    get user() {
      nested.push(ask(inner, 0));
      return 'no such thing';
    },
    seed: 7,
  });
  t.deepEqual(ask(outer, 0), ['p1']);
  t.deepEqual(nested[0], ['p0', 'p1']);
  const keyed = indexed([
    { ...base('p0'), match: { user: 'ann' } },
    { ...base('p1'), match: { seed: 7 } },
  ]);
  const between = openaiRequest({
    get user() {
      nested.push(keyed(openaiRequest({ user: 'ann', seed: 8 }), 0));
      return 'bob';
    },
    seed: 7,
  });
  t.deepEqual(keyed(between, 0), ['p1'], 'what the inner look-up read is not taken for the outer request');
  t.deepEqual(nested.at(-1), ['p0']);
  const broken = openaiRequest({
    get user(): string {
      throw new Error('not now');
    },
  });
  t.throws(() => ask(broken, 0), { message: 'not now' });
  t.deepEqual(ask(inner, 0), ['p0', 'p1']);
});

test('index: the order of the patterns does not matter', (t) => {
  const shuffled = patterns(60, 120).chain((definitions) =>
    fc.tuple(
      fc.constant(definitions),
      fc.shuffledSubarray([...definitions], { minLength: definitions.length }),
    ),
  );
  same(t, shuffled, 40);
});

test('index: the order of the keys of a match and of its branches does not matter', (t) => {
  const turned = patterns(60, 120).map(
    (definitions) =>
      [definitions, definitions.map((each) => ({ ...each, match: turn(each.match) as Match }))] as const,
  );
  same(t, turned, 40);
});

test('index: a match within one more `all` or `any`, or twice denied, finds the same', (t) => {
  const wrap = (match: Match): Match[] => [
    match,
    { all: [match] },
    { any: [match] },
    { not: { not: match } },
  ];
  fc.assert(
    fc.property(fc.array(matches, { minLength: 20, maxLength: 20 }), requests(12), (each, views) => {
      const forms = each.flatMap((match, index) =>
        wrap(match).map((written, form) => ({ ...base(`p${index}.f${form}`), match: written })),
      );
      const [ask, mayMiss] = [indexed(forms), estimated(forms)];
      for (const view of views) {
        const found = new Set(ask(view, 0));
        for (const index of each.keys()) {
          const ids = wrap({}).map((_, form) => `p${index}.f${form}`);
          if (ids.some((id) => mayMiss.has(id))) continue;
          t.is(new Set(ids.map((id) => found.has(id))).size, 1, JSON.stringify(each[index]));
        }
      }
    }),
    { numRuns: 60, seed: SEED },
  );
});

function same(
  t: ExecutionContext,
  pairs: fc.Arbitrary<readonly [readonly PatternDefinition[], readonly PatternDefinition[]]>,
  numRuns: number,
): void {
  fc.assert(
    fc.property(pairs, requests(16), ([first, second], views) => {
      const [one, other] = [indexed(first), indexed(second)];
      for (const view of views) t.deepEqual(other(view, NOW), one(view, NOW));
    }),
    { numRuns, seed: SEED },
  );
}

/** The same JSON with the keys of all objects, and the lists whose order says nothing, the other way round. */
function turn(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(turn);
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, value]: [string, unknown]) => {
        const isSet = ['all', 'any', 'in', 'not_in'].includes(key) && Array.isArray(value);
        return [key, isSet ? value.map(turn).reverse() : turn(value)];
      }),
  );
}

function base(id: string): Omit<PatternDefinition, 'match'> {
  return { id, version: 1, fix: [{ set: { n: 1 } }], confidence: 1, rollout: 1, priority: 0 };
}

const letters = fc.array(
  fc.constantFrom('é', 'Å', 'ñ', 'ự', '각', 'ﬁ', 'a', 'B', '7', '😀', 'が', '\u0344', 'שׁ'),
  { minLength: 1, maxLength: 90 },
);

test('index: `exact` finds every way of writing a text that Unicode calls the same', (t) => {
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 8 }), fc.nat(2), (written, spaces) => {
      const definitions = written.map((units, index) => ({
        ...base(`p${index}`),
        match: { user: { exact: units.join(index % 2 ? ' ' : '') } },
      }));
      const ask = indexed(definitions);
      for (const [index, units] of written.entries()) {
        const text = units.join(index % 2 ? ' ' : '');
        const forms = [text, text.normalize('NFC'), text.normalize('NFD')];
        const blank = [' ', '\n\t ', '\u00a0\u3000'][spaces] ?? ' ';
        const spaced = `${blank}${units.join(index % 2 ? blank : '')}${blank}`;
        for (const form of [...forms, spaced, spaced.normalize('NFD')])
          t.true(ask(openaiRequest({ user: form }), 0).includes(`p${index}`), JSON.stringify(form));
      }
    }),
    { numRuns: 300, seed: SEED },
  );
});

test('index: equal numbers are equal however they are written', (t) => {
  for (const forms of [
    ['1', '1.0', '1e0', '0.1e1', '10e-1'],
    ['0', '-0', '0.0', '-0e3'],
    ['0.1', '1e-1', '0.10000000000000001'],
    ['1e21', '1000000000000000000000'],
  ]) {
    const ask = indexed(
      forms.flatMap((form, index) => {
        const text = `{"id":"p${index}","match":{"seed":${form},"model":"m"},"fix":[{"set":{"n":1}}]}`;
        return parsePack(text, 'f').patterns;
      }),
    );
    for (const form of forms) {
      const params = JSON.parse(`{"seed":${form},"model":"m"}`) as Record<string, unknown>;
      t.is(ask(openaiRequest(params), 0).length, forms.length, form);
    }
  }
});

test('index: phrases cut from a text at every offset are found in its first 0 to 300 characters', (t) => {
  const unit =
    'Zwölf Boxkämpfer jagen 😀 Viktor quer über den großen Sylter Deich; naïve façade, 12:30 Uhr! ';
  const text = unit.repeat(4).slice(0, 300);
  const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 17, 19, 23, 24, 25, 31, 32, 33, 64, 255, 257];
  const phrases = [...Array(300).keys()].flatMap((offset) =>
    lengths.flatMap((length) => (offset + length <= 300 ? [text.slice(offset, offset + length)] : [])),
  );
  const ask = indexed(
    phrases.map((phrase, index) => ({ ...base(`p${index}`), match: { user: { contains: phrase } } })),
  );
  let compared = 0;
  for (let length = 0; length <= 300; length += 1) {
    const start = text.slice(0, length);
    const expected = phrases.flatMap((phrase, index) => (start.includes(phrase) ? [`p${index}`] : []));
    t.deepEqual(ask(openaiRequest({ user: start }), 0), expected.sort(), `${length} characters`);
    compared += phrases.length;
  }
  t.true(compared > 1_000_000, `${compared} comparisons`);
});
