import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import test from 'ava';
import { addedCost, type AddedCost } from './added-cost.js';
import { check } from './contestant-process.js';
import type { Job, Outcome } from './job.js';
import { measure } from './measure.js';
import { CHUNKS } from './model-answers.js';
import type { Ready } from './ready.js';
import { startSideProcess } from './side-process.js';

const JOB: Job = { setup: 'arc', streamed: false, bytes: 100, temperature: 0.95 };
const DONE: Outcome = { calls: 10, spans: 10, temperatureSent: 0.7 };

test('check: a contestant that did its work passes', (t) => {
  t.notThrows(() => check(JOB, DONE));
  t.notThrows(() => check({ ...JOB, temperature: 0.2 }, { ...DONE, temperatureSent: 0.2 }));
  t.notThrows(() => check({ ...JOB, setup: 'bare' }, { calls: 10, spans: 0, temperatureSent: 0.95 }));
});

test('check: a span too few, a span too many or no repair is told', (t) => {
  const message = (job: Job, outcome: Partial<Outcome>): string | undefined =>
    t.throws(() => check(job, { ...DONE, ...outcome }))?.message;
  t.is(message(JOB, { spans: 9 }), '9 spans for 10 calls');
  t.is(message(JOB, { spans: 11 }), '11 spans for 10 calls');
  t.is(message({ ...JOB, setup: 'bare' }, {}), '10 spans for 10 calls');
  t.is(message(JOB, { temperatureSent: 0.95 }), 'sent temperature 0.95, expected 0.7');
  t.is(message({ ...JOB, setup: 'otel-span' }, {}), 'sent temperature 0.7, expected 0.95');
});

test('check: at a given rate spans may be lost, but not all, and none may be made up', (t) => {
  const job = { ...JOB, perSecond: 1000 };
  t.notThrows(() => check(job, { ...DONE, spans: 3 }));
  t.throws(() => check(job, { ...DONE, spans: 0 }), { message: '0 spans for 10 calls' });
  t.throws(() => check(job, { ...DONE, spans: 11 }), { message: '11 spans for 10 calls' });
});

const BARE: Job = { setup: 'bare', streamed: false, bytes: 100, temperature: 0.2 };

const plan = (failing: Job, mayFail: boolean): AddedCost<string> => ({
  jobs: { bare: BARE, floor: { ...BARE, setup: 'otel-span' }, failing },
  bare: 'bare',
  floor: 'floor',
  mayFail: new Set(mayFail ? ['failing'] : []),
  rounds: 1,
  calls: 2,
  warmUp: 2,
});

test('addedCost: a peer that fails is a row that says why, anybody else ends the benchmark', async (t) => {
  const failing: Job = { ...BARE, setup: 'portkey' };
  const rows = await addedCost(plan(failing, true));
  t.deepEqual(
    rows.map(({ name, note }) => [name, note]),
    [
      ['bare, in full', undefined],
      ['floor', undefined],
      ['failing', 'a gateway needs a model behind HTTP'],
    ],
  );
  await t.throwsAsync(addedCost(plan(failing, false)), {
    message: 'failing: a gateway needs a model behind HTTP',
  });
});

test('startSideProcess: a process that ends is told with its last words', async (t) => {
  const process = startSideProcess({ file: join(__dirname, 'nowhere.js') });
  t.teardown(() => process.kill());
  const message = /^its process ended: [^]*Cannot find module/;
  await t.throwsAsync(process.ask('anything'), { message });
  await t.throwsAsync(process.ask('again'), { message });
});

test('answerOrders: a process that listens on a port ends with its parent', async (t) => {
  const file = require.resolve('./model-server.js');
  const child = fork(file, { stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  child.send('open');
  await once(child, 'message');
  child.disconnect();
  const [code] = (await once(child, 'exit')) as [number];
  t.is(code, 0);
});

/** A contestant inside the test. */
function fake(call: () => Promise<unknown>, chunks = CHUNKS): Ready & { flushed: number } {
  return {
    flushed: 0,
    model: { client: {} as Ready['model']['client'], lastBody: () => ({}) }, // not called here
    call,
    stream: () => Promise.resolve(chunks),
    flush() {
      this.flushed += 1;
      return Promise.resolve();
    },
    spans: () => 0,
  };
}

test('measure: as many calls at a time as asked for, then a flush', async (t) => {
  let underWay = 0;
  let most = 0;
  let made = 0;
  const ready = fake(async () => {
    most = Math.max(most, (underWay += 1));
    await Promise.resolve();
    underWay -= 1;
    made += 1;
  });
  await measure(ready, { ...BARE, atOnce: 4 }, 10);
  t.deepEqual([made, most, ready.flushed], [10, 4, 1]);
});

test('measure: at a rate, calls start on time although earlier ones are under way', async (t) => {
  const startedAt: number[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const ready = fake(() => {
    if (startedAt.push(performance.now()) === 5) release();
    return held;
  });
  const sample = await measure(ready, { ...BARE, perSecond: 200 }, 5);
  t.is(startedAt.length, 5);
  t.true((startedAt[4] ?? 0) - (startedAt[0] ?? 0) >= 15);
  t.true((sample['p99'] ?? 0) >= 15_000, 'the first call waited for the last');
  t.true(Number.isFinite(sample['loop']));
});

test('measure: a stream that lost a chunk is no result', async (t) => {
  const ready = fake(() => Promise.resolve(), CHUNKS - 1);
  await t.throwsAsync(measure(ready, { ...BARE, streamed: true }, 1), {
    message: `a stream had ${CHUNKS - 1} chunks instead of ${CHUNKS}`,
  });
});
