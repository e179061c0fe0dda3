import test from 'ava';
import { isPlain, redactChange, redactMessage } from '../../src/instrumentation/redact.js';

test('redactMessage: keys of providers are cut out of messages', (t) => {
  const message =
    'Incorrect API key provided: sk-proj-Abc123**********xyz9. Bearer abcdefghijkl gsk_0123456789';
  t.is(redactMessage(message), 'Incorrect API key provided: [redacted]. [redacted] [redacted]');
});

test('redactMessage: a message is cut at 500 characters', (t) => {
  t.is(redactMessage('x'.repeat(900)).length, 500);
});

test('redactChange: content becomes its kind and size, parameters stay', (t) => {
  const change = { path: 'messages.0.content', before: 'what I wrote', after: ['a', 'b'] };
  t.deepEqual(redactChange(change, false), {
    path: 'messages.0.content',
    before: { omitted: 'text', length: 12 },
    after: { omitted: 'list', length: 2 },
  });
  t.is(redactChange(change, true), change);
  const plain = { path: 'temperature', before: 0.95, after: undefined };
  t.deepEqual(redactChange(plain, false), plain);
});

test('isPlain: texts are shown only under names that steer', (t) => {
  t.true(isPlain('reasoning_effort', 'high'));
  t.false(isPlain('user', 'jane@example.com'));
  t.false(isPlain('metadata.model', 'gpt-4'));
  t.true(isPlain('thinking.budget_tokens', 1024));
});
