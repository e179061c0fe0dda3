import test, { type ExecutionContext } from 'ava';
import { startModelServer } from '../../src/cli/demo/model-server.js';
import { startOtlpReceiver, type OtlpReceiver } from '../helpers/otlp-receiver.js';
import { exampleEnv } from '../helpers/run-example.js';
import { spawnProgram, type Program } from '../helpers/spawn-program.js';

/** A program whose call is made in a thread. */
async function start(
  t: ExecutionContext,
  way: string,
  delayMs: number,
): Promise<{ readonly program: Program; readonly receiver: OtlpReceiver }> {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const program = spawnProgram(t, {
    args: ['--require', 'arc/otel-register', 'test/programs/worker-ends.cjs', way],
    env: {
      ...exampleEnv(models, receiver.grpcUrl),
      ARC_FLUSH_TIMEOUT_MS: '30000',
      OTEL_BSP_SCHEDULE_DELAY: String(delayMs),
    },
  });
  return { program, receiver };
}

const spanOf = (receiver: OtlpReceiver) =>
  receiver.waitFor('the span of the thread', ({ spans }) => spans.length > 0 && spans);

for (const way of ['naturally', 'exit']) {
  test.serial(`worker threads: one that ends by itself (${way}) sends what it has`, async (t) => {
    const { program, receiver } = await start(t, way, 60_000);
    t.is((await program.result).code, 0);
    t.is((await spanOf(receiver)).length, 1);
  });
}

test.serial('worker threads: a terminated one has sent what was due before', async (t) => {
  const { program, receiver } = await start(t, 'terminate', 50);
  await program.waitForLine(/^called$/m);
  await spanOf(receiver);
  process.kill(program.pid, 'SIGUSR2');
  t.is((await program.result).code, 0);
  t.is(receiver.spans.length, 1);
});

test.serial('worker threads: terminating one at once ends the program as it would without Arc', async (t) => {
  const { program, receiver } = await start(t, 'terminate at once', 60_000);
  const { code, stdout, stderr } = await program.result;
  t.is(code, 0);
  t.is(stdout, 'called\nthe thread has ended\n');
  t.is(stderr, '');
  t.log('spans that still arrived:', receiver.spans.length);
});
