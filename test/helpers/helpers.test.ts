import test from 'ava';
import { runProgram, spawnProgram } from './spawn-program.js';
import { startOtlpReceiver } from './otlp-receiver.js';
import { tempDir } from './temp-dir.js';
import { waitUntil } from './wait-until.js';

test('waitUntil: returns the value, and names what never came', async (t) => {
  let looks = 0;
  t.is(await waitUntil('three looks', () => (++looks === 3 ? 'now' : undefined), { everyMs: 1 }), 'now');
  await t.throwsAsync(
    waitUntil('nothing', () => false, { timeoutMs: 20 }),
    { message: 'waited 20 ms for nothing' },
  );
});

test('spawnProgram: collects output and exit code, and passes on only the named environment', async (t) => {
  const dir = tempDir(t, {
    'p.cjs': 'console.log(process.env.X, process.env.OTEL_Y);console.error("e");process.exit(3)',
  });
  process.env['OTEL_Y'] = 'leak';
  const result = await runProgram(t, { args: ['p.cjs'], cwd: dir, env: { X: '1' } });
  delete process.env['OTEL_Y'];
  t.deepEqual(result, { stdout: '1 undefined\n', stderr: 'e\n', code: 3, signal: null });
});

test('spawnProgram: waits for a line, ends on a signal, and tells when the line cannot come', async (t) => {
  const dir = tempDir(t, { 'p.cjs': 'console.log("port 42");setInterval(() => {}, 1e6)', 'q.cjs': '' });
  const program = spawnProgram(t, { args: ['p.cjs'], cwd: dir });
  t.is((await program.waitForLine(/port (\d+)/))[1], '42');
  t.is((await program.kill()).signal, 'SIGTERM');
  const silent = spawnProgram(t, { args: ['q.cjs'], cwd: dir });
  await t.throwsAsync(silent.waitForLine(/never/), { message: /ended without a line/ });
});

test('spawnProgram: kills a program that outlives its time', async (t) => {
  const { signal } = await runProgram(t, { args: ['-e', 'setInterval(() => {}, 1e6)'], timeoutMs: 300 });
  t.is(signal, 'SIGKILL');
});

test('otlp receiver: takes JSON over HTTP, and two of them do not share what they receive', async (t) => {
  const [one, other] = await Promise.all([startOtlpReceiver(t), startOtlpReceiver(t)]);
  const attribute = { key: 'k', value: { intValue: '7' } };
  const span = {
    traceId: 'aa'.repeat(16),
    spanId: 'bb'.repeat(8),
    name: 'one',
    kind: 3,
    startTimeUnixNano: '1',
    endTimeUnixNano: '2',
    attributes: [attribute],
    status: { code: 2, message: 'no' },
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'svc' } }] };
  await fetch(`${one.httpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 's' }, spans: [span] }] }],
    }),
  });
  const received = await one.waitFor('the span', ({ spans }) => spans[0]);
  t.like(received, { name: 'one', kind: 'CLIENT', status: 'ERROR', scope: 's', spanId: 'bb'.repeat(8) });
  t.deepEqual(received.attributes, { k: 7 });
  t.deepEqual(received.resource, { 'service.name': 'svc' });
  t.is(other.spans.length, 0);
});
