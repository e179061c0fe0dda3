import test from 'ava';
import fc from 'fast-check';
import type { Match, PatternScope } from '../../src/contract/pattern.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { createFacts } from '../../src/patterns/facts.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { conjunctionOf } from '../../src/patterns/lint/conjunction.js';
import { areCompatible, contradictionOf, implies } from '../../src/patterns/lint/logic.js';
import { compileMembers } from '../../src/patterns/match-test.js';
import { createPackHolder } from '../../src/patterns/pack-holder.js';
import { anyMatch, anyRequests } from './generate-match.js';
import { naiveMatch } from './naive-match.js';
import { openaiRequest } from './requests.js';

const RUNS = { numRuns: 1_500, seed: 20261121 };

const fits = (match: Match, params: Record<string, unknown>): boolean =>
  compileMembers(Object.entries(match))(createFacts(openaiRequest(params)));

test('match: a compiled match says what the reference says, for any match and request', (t) => {
  let held = 0;
  fc.assert(
    fc.property(anyMatch, anyRequests, (match, requests) =>
      requests.every((params) => {
        const expected = naiveMatch(match, params);
        if (expected) held += 1;
        return fits(match, params) === expected;
      }),
    ),
    RUNS,
  );
  t.true(held > 1_500, `${held} pairs fit; too few to mean anything`);
});

test('lint: a match that is said to hold never does so for any request', (t) => {
  let found = 0;
  fc.assert(
    fc.property(anyMatch, anyMatch, anyRequests, (a, b, requests) => {
      const match: Match = { all: [a, b] };
      if (contradictionOf(match) === undefined) return true;
      found += 1;
      return requests.every((params) => !naiveMatch(match, params));
    }),
    RUNS,
  );
  t.true(found > 200, `${found} contradictions among ${RUNS.numRuns}`);
});

test('lint: what a match is said to imply holds whenever it does', (t) => {
  let found = 0;
  const pair = fc.tuple(anyMatch, anyMatch);
  const related = fc.oneof(
    pair,
    // Two independent matches are rarely related; one that is the other and more is.
    pair.map(([a, b]): [Match, Match] => [{ all: [a, b] }, a]),
    pair.map(([a, b]): [Match, Match] => [a, { any: [a, b] }]),
    pair.map(([a, b]): [Match, Match] => [a, { not: b }]),
  );
  fc.assert(
    fc.property(related, anyRequests, ([first, second], requests) => {
      if (!implies(conjunctionOf([{ match: first, path: [] }], 'request'), second)) return true;
      const fitting = requests.filter((params) => naiveMatch(first, params));
      found += fitting.length;
      return fitting.every((params) => naiveMatch(second, params));
    }),
    RUNS,
  );
  t.true(found > 500, `${found} requests fell under a match that implies another`);
});

test('lint: matches that a request has both of are compatible', (t) => {
  let found = 0;
  fc.assert(
    fc.property(anyMatch, anyMatch, anyRequests, (a, b, requests) => {
      if (!requests.some((params) => naiveMatch(a, params) && naiveMatch(b, params))) return true;
      found += 1;
      return areCompatible(a, b);
    }),
    RUNS,
  );
  t.true(found > 40, `${found} pairs among ${RUNS.numRuns}`);
});

const NAMES = ['a', 'b', 'c'] as const;
const accepted = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 });
const scopes = fc.record(
  { provider: accepted, service: accepted, environment: accepted, agent: accepted },
  { requiredKeys: [] },
);
const places = fc.record(
  {
    provider: fc.constantFrom(...NAMES),
    service: fc.constantFrom(...NAMES),
    environment: fc.constantFrom(...NAMES),
    agent: fc.constantFrom(...NAMES),
  },
  { requiredKeys: ['provider'] },
);

test('scope: a pattern runs where every part of its scope accepts what is there, and nowhere else', (t) => {
  let [inside, outside] = [0, 0];
  fc.assert(
    fc.property(scopes, places, (scope, place) => {
      const { provider, agent, ...process } = place;
      const holder = createPackHolder({ place: process });
      const limits = Object.keys(scope).length > 0 ? { scope } : {};
      const definition = definePattern({ id: 'a', ...limits, pattern: { model: 'm' }, fix: { n: 1 } });
      holder.put({ name: 'p', version: '1', patterns: [definition] }, 'file');
      const view = { ...openaiRequest({ model: 'm' }, provider), context: { agent } };
      const parts = Object.keys(scope) as (keyof PatternScope & keyof typeof place)[];
      const expected = parts.every((part) => scope[part]?.some((value) => value === place[part]));
      if (expected) inside += 1;
      else outside += 1;
      const runs = holder.matcher().match(createFacts(view), 0).length === 1;
      const applies = compilePattern(definition).test(createFacts(view));
      return runs === expected && (!expected || applies);
    }),
    { numRuns: 1_000, seed: RUNS.seed },
  );
  t.true(inside > 50 && outside > 50, `${inside} inside, ${outside} outside`);
});
