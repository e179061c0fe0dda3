import { join } from 'node:path';
import test from 'ava';
import { startModelServer } from '../../../src/cli/demo/model-server.js';
import { nodeBinaries, type NodeBinary } from '../../helpers/node-binaries.js';
import { startOtlpReceiver } from '../../helpers/otlp-receiver.js';
import { runProgram } from '../../helpers/spawn-program.js';
import { FRAMEWORKS_HERE } from './modules.js';

const runs = test.macro<[NodeBinary, string, string]>({
  async exec(t, node, program, agent) {
    const models = await startModelServer();
    t.teardown(() => models.close());
    const receiver = await startOtlpReceiver(t);
    const { stdout, stderr, code } = await runProgram(t, {
      command: node.path,
      args: ['--require', 'arc/otel-register', join('test', 'programs', program)],
      env: {
        OPENAI_BASE_URL: models.openaiBaseUrl,
        OPENAI_API_KEY: 'none',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl,
        OTEL_METRICS_EXPORTER: 'none',
        ARC_CONTROL_URL: 'none',
      },
    });
    t.is(stdout, `A stand-in answer to "Hello there".\n`, stderr);
    t.is(code, 0);
    t.is(models.requests.length, 2);
    const spans = await receiver.waitFor('the spans', ({ spans }) => spans.length >= 4 && spans);
    t.deepEqual(
      spans.map(({ name }) => name),
      ['chat gpt-4o', 'execute_tool weather', 'chat gpt-4o', agent],
    );
    const root = spans.at(-1);
    for (const span of spans.slice(0, -1)) t.is(span.parentSpanId, root?.spanId ?? 'no root');
  },
  title: (_, node, program) => `frameworks: ${program} has its spans under otel-register on ${node.name}`,
});

if (FRAMEWORKS_HERE) {
  for (const node of nodeBinaries()) {
    test.serial(runs, node, 'fw-vercel-ai.mjs', 'invoke_agent gpt-4o');
    test.serial(runs, node, 'fw-langgraph.mjs', 'invoke_agent');
    test.serial(runs, node, 'fw-langgraph.cjs', 'invoke_agent');
  }
} else {
  test.skip('frameworks: programs have their spans under otel-register', (t) => t.pass());
}
