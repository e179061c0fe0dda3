import { copyFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { nodeBinaries, RUNNING_NODE, type NodeBinary } from '../../helpers/node-binaries.js';
import { startOtlpReceiver, type ReceivedSpan } from '../../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { runProgram } from '../../helpers/spawn-program.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { FRAMEWORKS, HAS_MCP, withMcp } from './sdk.js';

const REGISTER = ['--require', 'arc/otel-register'];
const FORMATS = ['cjs', 'mjs'] as const;

/** The MCP programs in a folder from which they find the SDK by its name, as programs of users do. */
function programs(t: ExecutionContext): string {
  const folder = tempDir(t);
  const from = join(REPO_ROOT, 'test', 'programs');
  for (const name of readdirSync(from)) {
    if (name.startsWith('mcp-')) copyFileSync(join(from, name), join(folder, name));
  }
  symlinkSync(join(FRAMEWORKS, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}

/** Span pairs that belong together: one side's span and the one it caused in the other process. */
function pairs(spans: readonly ReceivedSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  return spans
    .filter(({ kind }) => kind === 'SERVER')
    .map(({ name, parentSpanId, resource }) => {
      const cause = byId.get(parentSpanId);
      return `${cause?.resource['service.name']} ${cause?.name} > ${resource['service.name']} ${name}`;
    });
}

const EXPECTED = [
  'initialize',
  'notifications/initialized',
  'tools/list',
  'tools/call echo',
  'tools/call broken',
  'resources/read',
];

const stdio = test.macro<[NodeBinary, 'cjs' | 'mjs']>({
  async exec(t, node, format) {
    const folder = programs(t);
    const args = [join(folder, `mcp-client.${format}`)];
    const command = node.path;
    const bare = await runProgram(t, { command, args });
    const receiver = await startOtlpReceiver(t);
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl,
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_SERVICE_NAME: 'mcp-client',
      ARC_CONTROL_URL: 'none',
    };
    const { stdout, stderr, code } = await runProgram(t, { command, args: [...REGISTER, ...args], env });
    t.is(stderr, '');
    t.is(stdout, bare.stdout);
    t.is(stdout.split('\n').length, 5);
    t.is(code, 0);
    const spans = await receiver.waitFor(
      'the spans of both processes',
      (received) => received.spans.length >= 12 && received.spans,
    );
    t.is(spans.length, 12);
    t.true(spans.every(({ attributes }) => attributes['network.transport'] === 'pipe'));
    const expected = EXPECTED.map((name) => `mcp-client ${name} > mcp-server ${serverName(name)}`);
    t.deepEqual(pairs(spans).sort(), expected.sort());
    for (const side of ['client', 'server']) {
      const metrics = [`mcp.${side}.operation.duration`, `mcp.${side}.session.duration`];
      await receiver.waitFor(`metrics of the ${side}`, ({ points }) =>
        metrics.every((name) => points.some(({ metric }) => metric === name)),
      );
    }
  },
  title: (_, node, format) => `stdio: client and server, ${format}, ${node.name}`,
});

/** The server of the programs has no resources, so nothing handles that method there. */
function serverName(name: string): string {
  return name === 'resources/read' ? '_OTHER' : name;
}

const nodes = HAS_MCP ? nodeBinaries() : [RUNNING_NODE];
for (const node of nodes) for (const format of FORMATS) withMcp(stdio, node, format);

withMcp('copies: the CommonJS and the ES module copy are patched, and disable reaches both', async (t) => {
  for (const { path } of nodes) {
    const { stdout, stderr } = await runProgram(t, {
      command: path,
      args: [...REGISTER, join(programs(t), 'mcp-copies.mjs')],
      env: { ARC_CONTROL_URL: 'none' },
    });
    t.is(stderr, '');
    t.deepEqual(JSON.parse(stdout), {
      distinct: 2,
      states: [
        [true, true],
        [false, false],
        [true, true],
      ],
      listed: ['@modelcontextprotocol/sdk 1.32.2 esm', '@modelcontextprotocol/sdk 1.32.2 cjs'],
    });
  }
});
