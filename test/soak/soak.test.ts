import test from 'ava';
import { soak } from './soak.js';
import { complaints, heapSlope, settled, type Outcome } from './verdict.js';

/** A short run ends while caches still grow; a call or span kept for each call would be thousands of bytes. */
const MAX_SLOPE_OF_SHORT_RUN = 800;

test.serial('soak: 2,000 calls in random styles leave no span open and the heap flat', async (t) => {
  const outcome = await soak({ calls: 2_000, seed: 1, checkpoints: 10 });
  t.deepEqual(complaints(outcome, MAX_SLOPE_OF_SHORT_RUN), []);
  t.is(outcome.started, 2_000);
});

const GOOD: Outcome = {
  calls: 100,
  started: 100,
  ended: 100,
  endedTwice: 0,
  errors: 0,
  checkpoints: [10, 40, 70, 100].map((calls) => ({ calls, heapBytes: 5_000 + 2 * calls, open: 0 })),
};

test('complaints: each thing that can go wrong is told', (t) => {
  t.deepEqual(complaints(GOOD, 3), []);
  t.deepEqual(complaints(GOOD, 1), ['the heap grows by 2.0 bytes a call, allowed are 1']);
  t.deepEqual(complaints({ ...GOOD, started: 99, ended: 97, endedTwice: 1, errors: 2 }, 3), [
    '100 calls started 99 spans',
    '2 spans are still open',
    '1 spans ended twice',
    '2 failures inside Arc',
  ]);
});

test('heapSlope: a straight line has its slope, noise cancels out, the start is left out', (t) => {
  t.is(heapSlope(settled(GOOD)), 2);
  const wave = [0, 1, 0, 1, 0].map((up, calls) => ({ calls, heapBytes: 10 + up, open: 0 }));
  t.is(heapSlope(wave), 0);
  t.deepEqual(
    settled(GOOD).map(({ calls }) => calls),
    [40, 70, 100],
  );
});
