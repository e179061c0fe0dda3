import test from 'ava';
import type { PatternShorthand } from '../../src/contract/pattern.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { createFacts } from '../../src/patterns/facts.js';
import { createMatcher } from '../helpers/create-matcher.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { anthropicRequest, openaiRequest } from './requests.js';

const pattern = (id: string, rest: Partial<PatternShorthand> = {}) =>
  compilePattern(
    definePattern({ id, pattern: { temperature: { '>': 0.9 } }, fix: { temperature: 0.7 }, ...rest }),
  );
const hot = openaiRequest({ model: 'gpt-4', temperature: 1.2 });
const ids = (patterns: Parameters<typeof createMatcher>[0], view = hot, now = 0) =>
  createMatcher(patterns)
    .match(createFacts(view), now)
    .map(({ definition }) => definition.id);

test('matcher: highest priority first, ties by id, whatever the order given', (t) => {
  const patterns = [
    pattern('b'),
    pattern('z', { priority: 5 }),
    pattern('a'),
    pattern('c', { priority: -1 }),
  ];
  t.deepEqual(ids(patterns), ['z', 'a', 'b', 'c']);
  t.deepEqual(ids(patterns.toReversed()), ['z', 'a', 'b', 'c']);
});

test('matcher: no match is one shared frozen list', (t) => {
  const matcher = createMatcher([pattern('a', { pattern: { model: 'other' } })]);
  const none = matcher.match(createFacts(hot), 0);
  t.true(Object.isFrozen(none));
  t.is(none, matcher.match(createFacts(hot), 0));
  t.is(none, createMatcher([]).match(createFacts(hot), 0));
});

test('matcher: a pattern is dead from its instant of expiry on', (t) => {
  const expires = '2027-01-01T00:00:00Z';
  const at = Date.parse(expires);
  t.deepEqual(ids([pattern('a', { expires })], hot, at - 1), ['a']);
  t.deepEqual(ids([pattern('a', { expires })], hot, at), []);
});

test('matcher: a pattern that is switched off never matches but is counted', (t) => {
  const matcher = createMatcher([pattern('a', { mode: 'off' }), pattern('b')]);
  t.is(matcher.size, 2);
  t.is(matcher.match(createFacts(hot), 0).length, 1);
});

test('matcher: patterns of another API are left out, patterns of any API are not', (t) => {
  const patterns = [
    pattern('any'),
    pattern('openai', { pattern: { api: 'openai.chat.completions', temperature: { '>': 0.9 } } }),
    pattern('anthropic', { pattern: { api: 'anthropic.messages', temperature: { '>': 0.9 } } }),
    pattern('either', {
      pattern: { api: { in: ['anthropic.messages', 'openai.chat.completions'] }, model: 'gpt-4' },
    }),
  ];
  t.deepEqual(ids(patterns), ['any', 'either', 'openai']);
  t.deepEqual(ids(patterns, anthropicRequest({ temperature: 1 })), ['anthropic', 'any']);
  t.deepEqual(ids(patterns, { ...hot, api: 'mistral.chat' }), ['any']);
});

test('matcher: all, any and not nest', (t) => {
  const nested = pattern('a', {
    pattern: {
      all: [{ any: [{ model: 'gpt-4' }, { model: 'gpt-4o' }] }, { not: { temperature: { '<=': 0.9 } } }],
      not: { any: [{ seed: { exists: true } }, { n: 2 }] },
    },
  });
  t.deepEqual(ids([nested]), ['a']);
  t.deepEqual(ids([nested], openaiRequest({ model: 'gpt-4', temperature: 0.9 })), []);
  t.deepEqual(ids([nested], openaiRequest({ model: 'gpt-4o', temperature: 1, n: 2 })), []);
});

test('matcher: the cheap tests run first, so that a miss does not read the messages', (t) => {
  const messages = {
    get model() {
      return 'gpt-4';
    },
    get messages() {
      return t.fail('messages were read');
    },
  };
  const both = { 'facts.last_user_text': { contains: 'x' }, model: 'gpt-4o' };
  t.deepEqual(ids([pattern('a', { pattern: both })], openaiRequest(messages)), []);
});
