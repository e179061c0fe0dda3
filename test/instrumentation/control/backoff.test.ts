import test from 'ava';
import { createBackoff } from '../../../src/instrumentation/control/backoff.js';

test('backoff: starts at 0.1 s, grows, and stops at 30 s', (t) => {
  const backoff = createBackoff(() => 1);
  const waits = Array.from({ length: 40 }, () => backoff.next());
  t.is(waits[0], 100);
  t.true(waits.every((wait, i) => i === 0 || wait >= (waits[i - 1] ?? 0)));
  t.is(waits.at(-1), 30_000);
});

test('backoff: draws from the upper half of its range', (t) => {
  t.is(createBackoff(() => 0).next(), 50);
});

test('backoff: starts over after a reset', (t) => {
  const backoff = createBackoff(() => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  t.is(backoff.next(), 100);
});
