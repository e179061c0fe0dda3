import { join } from 'node:path';
import test from 'ava';
import { startModelServer } from '../../../src/cli/demo/model-server.js';
import { nodeBinaries, type NodeBinary } from '../../helpers/node-binaries.js';
import { startOtlpReceiver } from '../../helpers/otlp-receiver.js';
import { runProgram } from '../../helpers/spawn-program.js';
import { FRAMEWORKS_HERE, RELEASES_HERE } from './modules.js';

interface Program {
  readonly file: string;
  readonly args?: readonly string[];
  /** Spans of the agent and of what it is part of, from the inside out. */
  readonly agent: readonly string[];
}

const runs = test.macro<[NodeBinary, Program]>({
  async exec(t, node, { file, args = [], agent }) {
    const models = await startModelServer();
    t.teardown(() => models.close());
    const receiver = await startOtlpReceiver(t);
    const { stdout, stderr, code } = await runProgram(t, {
      command: node.path,
      args: ['--require', 'arc/otel-register', join('test', 'programs', file), ...args],
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
    const expected = ['chat gpt-4o', 'execute_tool weather', 'chat gpt-4o', ...agent];
    const spans = await receiver.waitFor(
      'the spans',
      ({ spans }) => spans.length >= expected.length && spans,
    );
    t.deepEqual(
      spans.map(({ name }) => name),
      expected,
    );
    const [inner, ...outer] = spans.slice(3);
    for (const span of spans.slice(0, 3)) t.is(span.parentSpanId, inner?.spanId ?? 'no agent');
    for (const span of outer) t.is(inner?.parentSpanId, span.spanId);
  },
  title: (_, node, { file, args = [] }) =>
    `frameworks: ${[file, ...args].join(' ')} has its spans under otel-register on ${node.name}`,
});

const BEFORE_7: readonly Program[] = ['ai5', 'ai6'].flatMap((release) =>
  ['cjs', 'mjs'].map((format) => ({
    file: `fw-vercel-ai-before-7.${format}`,
    args: [release],
    agent: ['invoke_agent gpt-4o'],
  })),
);
const PROGRAMS: readonly Program[] = [
  { file: 'fw-vercel-ai.mjs', agent: ['invoke_agent gpt-4o'] },
  ...(RELEASES_HERE ? BEFORE_7 : []),
  { file: 'fw-langgraph.mjs', agent: ['invoke_agent'] },
  { file: 'fw-langgraph.cjs', agent: ['invoke_agent'] },
  { file: 'fw-openai-agents.mjs', agent: ['invoke_agent forecaster', 'invoke_workflow'] },
  { file: 'fw-openai-agents.cjs', agent: ['invoke_agent forecaster', 'invoke_workflow'] },
  { file: 'fw-llamaindex.mjs', agent: ['invoke_agent forecaster'] },
  { file: 'fw-llamaindex.cjs', agent: ['invoke_agent forecaster'] },
];

if (FRAMEWORKS_HERE) {
  for (const node of nodeBinaries()) for (const program of PROGRAMS) test.serial(runs, node, program);
} else {
  test.skip('frameworks: programs have their spans under otel-register', (t) => t.pass());
}
