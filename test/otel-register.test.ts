import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { startModelServer, type ModelServer } from '../src/cli/demo/model-server.js';
import { freePort } from './e2e/free-port.js';
import { nodeBinaries, type NodeBinary } from './helpers/node-binaries.js';
import { startOtlpReceiver, type OtlpReceiver } from './helpers/otlp-receiver.js';
import { runProgram, spawnProgram, type SpawnOptions } from './helpers/spawn-program.js';

interface World {
  readonly models: ModelServer;
  readonly receiver: OtlpReceiver;
  readonly env: Readonly<Record<string, string>>;
}

const REGISTER = ['--require', 'arc/otel-register'];
const program = (name: string): string => join('test', 'programs', name);

/** A model server, a receiver and the environment that points a program at them. */
async function createWorld(t: ExecutionContext): Promise<World> {
  const models = await startModelServer();
  t.teardown(() => models.close());
  const receiver = await startOtlpReceiver(t);
  const env = {
    OPENAI_BASE_URL: models.openaiBaseUrl,
    OPENAI_API_KEY: 'none',
    ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
    ANTHROPIC_API_KEY: 'none',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl,
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_SERVICE_NAME: 'under-test',
    ARC_CONTROL_URL: 'none',
  };
  return { models, receiver, env };
}

interface Way {
  readonly name: string;
  readonly args: readonly string[];
}

const WAYS: readonly Way[] = [
  { name: '--require, CommonJS', args: [...REGISTER, program('both-sdks.cjs')] },
  { name: '--require, ES module', args: [...REGISTER, program('both-sdks.mjs')] },
  {
    name: "--require, TypeScript by Node's type stripping",
    args: [...REGISTER, '--experimental-strip-types', '--no-warnings', program('both-sdks.mts')],
  },
  { name: '--require, TypeScript by tsx', args: [...REGISTER, '--import', 'tsx', program('both-sdks.ts')] },
  { name: '--import, CommonJS', args: ['--import', 'arc/otel-register', program('both-sdks.cjs')] },
  { name: '--import, ES module', args: ['--import', 'arc/otel-register', program('both-sdks.mjs')] },
];

const loads = test.macro<[NodeBinary, Way]>({
  async exec(t, node, way) {
    const { models, receiver, env } = await createWorld(t);
    const { stdout, stderr, code } = await runProgram(t, { command: node.path, args: way.args, env });
    t.is(stderr, '');
    t.is(stdout, 'openai chat.completion\nanthropic true\n');
    t.is(code, 0);
    t.is((models.requests[0]?.body as { temperature: number }).temperature, 0.7);
    const { spans } = receiver;
    t.deepEqual(
      spans.map(({ name, attributes }) => [name, attributes['arc.decision']]),
      [
        ['chat gpt-4', 'fix'],
        ['chat claude-sonnet-4-6', 'pass'],
      ],
    );
    t.true(receiver.points.some(({ metric }) => metric === 'arc.fixes.applied'));
    t.is(spans[0]?.resource['service.name'], 'under-test');
    t.is(spans[0]?.resource['process.command_args'], undefined);
  },
  title: (_, node, way) => `otel-register: ${way.name}, ${node.name}`,
});

for (const node of nodeBinaries()) for (const way of WAYS) test.serial(loads, node, way);

test.serial('disable and enable: they reach the CommonJS and the ES module copy of both SDKs', async (t) => {
  const { stdout, stderr } = await runProgram(t, {
    args: [...REGISTER, program('both-copies.mjs')],
    env: { ARC_CONTROL_URL: 'none' },
  });
  t.is(stderr, '');
  t.deepEqual(JSON.parse(stdout), {
    distinct: 4,
    restored: 4,
    patchedAgain: 4,
    listed: ['openai cjs', 'openai esm', '@anthropic-ai/sdk cjs', '@anthropic-ai/sdk esm', 'fetch global'],
  });
});

test.serial('otel-register: node -e works under it', async (t) => {
  const { stdout, code } = await runProgram(t, {
    args: [...REGISTER, '-e', 'console.log(40 + 2)'],
    env: { ARC_CONTROL_URL: 'none' },
  });
  t.is(stdout, '42\n');
  t.is(code, 0);
});

test.serial('ARC_DISABLE=1: nothing of Arc or OpenTelemetry is in the process', async (t) => {
  const bare = await runProgram(t, { args: [program('untouched.cjs')] });
  const disabled = await runProgram(t, {
    args: [...REGISTER, program('untouched.cjs')],
    env: { ARC_DISABLE: '1' },
  });
  const enabled = await runProgram(t, {
    args: [...REGISTER, program('untouched.cjs')],
    env: { ARC_CONTROL_URL: 'none' },
  });
  t.deepEqual(
    { ...(JSON.parse(disabled.stdout) as object), required: [] },
    JSON.parse(bare.stdout) as object,
  );
  t.deepEqual((JSON.parse(disabled.stdout) as { required: string[] }).required, ['environment.js']);
  t.true((JSON.parse(enabled.stdout) as { arc: boolean; requireReplaced: boolean }).arc);
  t.true((JSON.parse(enabled.stdout) as { arc: boolean; requireReplaced: boolean }).requireReplaced);
});

/** Runs the program that ends in a given way, and waits for its span. */
async function endsBy(t: ExecutionContext, way: string, signal?: NodeJS.Signals) {
  const { receiver, env } = await createWorld(t);
  const running = spawnProgram(t, { args: [...REGISTER, program('end.cjs'), way], env });
  if (signal) {
    await running.waitForLine(/called/);
    await running.kill(signal);
  }
  const result = await running.result;
  // What is under way when the process exits is sent once more: receivers know spans by their ids.
  const names = await receiver.waitFor('the span', ({ spans }) => {
    const byId = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    return byId.size > 0 && [...byId.values()];
  });
  return { ...result, names };
}

test.serial('end: a program that ends by itself has its span sent', async (t) => {
  const { code, names } = await endsBy(t, 'naturally');
  t.is(code, 0);
  t.deepEqual(names, ['chat gpt-4']);
});

test.serial('end: process.exit has its span sent and keeps its code', async (t) => {
  const { code, names } = await endsBy(t, 'exit');
  t.is(code, 3);
  t.deepEqual(names, ['chat gpt-4']);
});

test.serial('end: an uncaught error has its span sent and is reported as ever', async (t) => {
  const { code, names, stderr } = await endsBy(t, 'throw');
  t.is(code, 1);
  t.regex(stderr, /ended by an error/);
  t.deepEqual(names, ['chat gpt-4']);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test.serial(`end: ${signal} has its span sent and ends the program by that signal`, async (t) => {
    const result = await endsBy(t, 'wait', signal);
    t.is(result.signal, signal);
    t.deepEqual(result.names, ['chat gpt-4']);
  });
}

test.serial('end: an application that handles SIGTERM itself decides when and how it ends', async (t) => {
  const { code, stdout, names } = await endsBy(t, 'listen', 'SIGTERM');
  t.is(code, 7);
  t.regex(stdout, /the application saw SIGTERM/);
  t.deepEqual(names, ['chat gpt-4']);
});

test.serial('unreachable Core: the application runs, ends at once and prints nothing of it', async (t) => {
  const { models, env } = await createWorld(t);
  const started = performance.now();
  const { stdout, stderr, code } = await runProgram(t, {
    args: [...REGISTER, program('both-sdks.cjs')],
    env: {
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      ARC_CONTROL_URL: 'ws://127.0.0.1:1/v1/opamp',
    },
  });
  t.is(stdout, 'openai chat.completion\nanthropic true\n');
  t.is(stderr, '');
  t.is(code, 0);
  t.is(models.requests.length, 2);
  t.log(`took ${Math.round(performance.now() - started)} ms`);
});

test.serial(
  'a bad setting: the application runs without Arc, and standard error says which and why',
  async (t) => {
    const { models, env } = await createWorld(t);
    const { stdout, stderr, code } = await runProgram(t, {
      args: [...REGISTER, program('both-sdks.cjs')],
      env: { ...env, ARC_MODE: 'aply' },
    });
    t.is(
      stderr,
      'arc: not started, the application runs without it. ARC_MODE: must be one of apply, shadow, off, received "aply"\n',
    );
    t.is(stdout, 'openai chat.completion\nanthropic true\n');
    t.is(code, 0);
    t.is((models.requests[0]?.body as { temperature: number }).temperature, 0.95);
  },
);

test.serial('a refused call nobody awaits ends the program as it does without Arc', async (t) => {
  const { env } = await createWorld(t);
  const bare = await runProgram(t, { args: [program('fire-and-forget.cjs')], env });
  const under = await runProgram(t, { args: [...REGISTER, program('fire-and-forget.cjs')], env });
  t.is(bare.code, 1);
  t.is(under.code, bare.code);
  t.is(under.stdout, bare.stdout);
});

const joins: readonly { readonly name: string; readonly args: SpawnOptions['args'] }[] = [
  { name: 'registered after Arc', args: [...REGISTER, program('own-nodesdk.cjs')] },
  {
    name: 'registered before Arc',
    args: ['--require', `./${program('nodesdk-setup.cjs')}`, ...REGISTER, program('end.cjs'), 'naturally'],
  },
];
for (const { name, args } of joins) {
  test.serial(
    `an application's own NodeSDK, ${name}: Arc's spans go there, in its traces, and nowhere else`,
    async (t) => {
      const { models, receiver, env } = await createWorld(t);
      const { stdout, stderr, code } = await runProgram(t, { args, env });
      t.is(stderr, '');
      t.is(code, 0);
      t.is((models.requests[0]?.body as { temperature: number }).temperature, 0.7);
      t.regex(stdout, /name: 'chat gpt-4'/);
      t.deepEqual(receiver.spans, []);
      if (!stdout.includes('application work')) return;
      const ids = [...stdout.matchAll(/traceId: '(\w+)'/g)].map(([, id]) => id);
      t.is(new Set(ids).size, 1);
      t.regex(stdout, /parentSpanContext: \{/);
    },
  );
}

test.serial(
  "an application's own NodeSDK, registered before Arc: Arc's events go there as well",
  async (t) => {
    const { env } = await createWorld(t);
    const { stdout, stderr } = await runProgram(t, {
      args: ['--require', `./${program('nodesdk-setup.cjs')}`, ...REGISTER, program('end.cjs'), 'naturally'],
      env: { ...env, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'EVENT_ONLY' },
    });
    t.is(stderr, '');
    t.regex(stdout, /eventName: 'gen_ai.client.inference.operation.details'/);
    t.regex(stdout, /'gen_ai.input.messages': \[/);
  },
);

test.serial('Prometheus: the endpoint serves the counters, on this machine only', async (t) => {
  const { env } = await createWorld(t);
  const port = await freePort();
  const running = spawnProgram(t, {
    args: [...REGISTER, program('end.cjs'), 'wait'],
    env: { ...env, OTEL_METRICS_EXPORTER: 'prometheus', OTEL_EXPORTER_PROMETHEUS_PORT: String(port) },
  });
  await running.waitForLine(/called/);
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  t.regex(text, /arc_requests_intercepted_total\{.*arc_decision="fix".*\} 1/);
  t.regex(text, /arc_fixes_applied_total\{.*arc_pattern_id="openai\.gpt-4\.high-temperature".*\} 1/);
  t.regex(text, /arc_match_duration_count\{.*\} 1/);
});

test.serial('Prometheus: a taken port leaves the application alone', async (t) => {
  const { env } = await createWorld(t);
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  t.teardown(() => holder.close());
  const { port } = holder.address() as AddressInfo;
  const { stdout, code } = await runProgram(t, {
    args: [...REGISTER, program('both-sdks.cjs')],
    env: { ...env, OTEL_METRICS_EXPORTER: 'otlp,prometheus', OTEL_EXPORTER_PROMETHEUS_PORT: String(port) },
  });
  t.is(stdout, 'openai chat.completion\nanthropic true\n');
  t.is(code, 0);
});
