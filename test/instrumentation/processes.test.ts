import test, { type ExecutionContext } from 'ava';
import { ARC, GEN_AI } from '../../src/contract/names.js';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { freePort } from '../e2e/free-port.js';
import { nodeBinaries } from '../helpers/node-binaries.js';
import { startOtlpReceiver, type ReceivedSpan } from '../helpers/otlp-receiver.js';
import { exampleEnv } from '../helpers/run-example.js';
import { runProgram, type ProgramResult } from '../helpers/spawn-program.js';

interface Run {
  readonly result: ProgramResult;
  readonly models: ModelServer;
  /** As many as there were requests. */
  readonly spans: readonly ReceivedSpan[];
}

/** Runs a program under Arc with the metrics of a default setup, so that its parts compete for one Prometheus port. */
async function run(t: ExecutionContext, command: string, file: string): Promise<Run> {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const result = await runProgram(t, {
    command,
    args: ['--require', 'arc/otel-register', `test/programs/${file}`],
    env: {
      ...exampleEnv(models, receiver.grpcUrl),
      // Spans are counted, so the end waits for the last of them, however busy the machine.
      ARC_FLUSH_TIMEOUT_MS: '30000',
      OTEL_METRICS_EXPORTER: 'otlp,prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()),
    },
  });
  t.is(result.stderr, '');
  t.is(result.code, 0);
  const { length } = models.requests;
  try {
    const spans = await receiver.waitFor(
      `${length} spans`,
      (seen) => seen.spans.length >= length && seen.spans,
    );
    return { result, models, spans };
  } catch (error) {
    t.log('spans arrived of', ...agentsOf(receiver.spans), 'by', ...receiver.requests);
    throw error;
  }
}

const agentsOf = (spans: readonly ReceivedSpan[]): readonly string[] =>
  spans.map(({ attributes }) => String(attributes[GEN_AI.agentName])).toSorted();

for (const { name, path } of nodeBinaries()) {
  test.serial(
    `worker threads on ${name}: each is repaired and reports, with values of its own`,
    async (t) => {
      const { result, models, spans } = await run(t, path, 'worker-threads.cjs');
      t.is(result.stdout, 'threads ended with 0 0 0\n');
      t.deepEqual(agentsOf(spans), ['main', 'thread-1', 'thread-2', 'thread-3']);
      for (const { attributes } of spans) {
        const agent = String(attributes[GEN_AI.agentName]);
        t.is(attributes[GEN_AI.conversationId], `c-${agent}`);
        t.is(attributes[ARC.pipeline], agent === 'main' ? 'of the main thread' : undefined);
        t.is(attributes[ARC.decision], 'fix');
      }
      for (const { body } of models.requests) t.like(body, { temperature: 0.7 });
    },
  );

  test.serial(
    `cluster on ${name}: every process is repaired and reports, with values of its own`,
    async (t) => {
      const { result, models, spans } = await run(t, path, 'cluster.cjs');
      const answers = [...result.stdout.matchAll(/^(worker-\d) answered (c-\d)$/gm)];
      t.is(answers.length, 4);
      const asked = [
        ['primary', 'c-primary'],
        ...answers.map(([, agent, conversation]) => [agent, conversation]),
      ];
      const seen = spans.map(({ attributes: all }) => [all[GEN_AI.agentName], all[GEN_AI.conversationId]]);
      t.deepEqual(seen.map(String).toSorted(), asked.map(String).toSorted());
      t.is(new Set(spans.map(({ resource }) => resource['service.instance.id'])).size, 3);
      for (const { body } of models.requests) t.like(body, { temperature: 0.7 });
    },
  );
}
