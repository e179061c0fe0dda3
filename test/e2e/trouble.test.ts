import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { createRpcClient, type RpcClient } from '../../collector/ingest/grpc.js';
import { SIGNAL_NAMES } from '../../collector/ingest/signals.js';
import { startCore } from '../../collector/main.js';
import type { CallRow } from '../../collector/store/store.js';
import type { ProcessView } from '../../collector/control/process-view.js';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { callSpan, codecs, testOptions, traceRequest } from '../collector/fixtures.js';
import { runProgram, spawnProgram, type Program } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';
import { waitUntil } from '../helpers/wait-until.js';
import { coreArgs, startCoreProcess, type CoreProcess } from './core-process.js';
import { createWorld, getJson, modelEnv, program, REGISTER } from './world.js';

const SPANS_PER_EXPORT = 7;
const EXPORT_TIMEOUT_MS = 5_000;

/** Exports one after the other until one fails. Adds the ids of the spans of each that was acknowledged. */
async function sendUntilRefused(client: RpcClient, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    const request = traceRequest(SPANS_PER_EXPORT);
    const body = codecs.traces.encode(request);
    const { kind } = await client.call(SIGNAL_NAMES.traces.grpcPath, body, EXPORT_TIMEOUT_MS);
    if (kind !== 'ok') return;
    const spans = request.resourceSpans?.[0]?.scopeSpans?.[0]?.spans ?? [];
    for (const { spanId } of spans) acknowledged.add(Buffer.from(spanId ?? []).toString('hex'));
  }
}

/** Every call Core has of a service, page by page. */
async function allCalls(page: string, service: string): Promise<readonly CallRow[]> {
  const calls: CallRow[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer: { readonly calls: readonly CallRow[]; readonly next_cursor: string | null } = await getJson(
      `${page}/api/calls?limit=500&service=${service}&cursor=${cursor}`,
    );
    calls.push(...answer.calls);
    cursor = answer.next_cursor;
  }
  return calls;
}

interface Progress {
  readonly calls: number;
  readonly acknowledged: number;
}

/** The last line of `keep-sending.cjs` that is whole. */
function progressOf(running: Program): Progress {
  const [, calls, acknowledged] =
    /^calls=(\d+) acknowledged=(\d+) failed=\d+;$/m.exec(running.stdout().slice(-200).replace(/^.*\n/, '')) ??
    [];
  return { calls: Number(calls ?? 0), acknowledged: Number(acknowledged ?? 0) };
}

async function startModels(t: ExecutionContext): Promise<ModelServer> {
  const models = await startModelServer();
  t.teardown(() => models.close());
  return models;
}

/** A program under Arc that calls without a pause and sends to a Core. */
function startSender(t: ExecutionContext, models: ModelServer, core: CoreProcess, name: string): Program {
  return spawnProgram(t, {
    args: [...REGISTER, program(name)],
    env: {
      ...modelEnv(models),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${core.ports.otlpGrpc}`,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_SERVICE_NAME: 'sender',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      ARC_CONTROL_URL: `ws://127.0.0.1:${core.ports.control}/v1/opamp`,
    },
    timeoutMs: 110_000,
  });
}

test.serial('Core killed: after a restart on the same file every acknowledged span is there', async (t) => {
  const database = join(tempDir(t), 'core.db');
  const models = await startModels(t);
  const core = await startCoreProcess(t, database);
  const sender = startSender(t, models, core, 'keep-sending.cjs');
  const client = createRpcClient(`127.0.0.1:${core.ports.otlpGrpc}`, false);
  t.teardown(() => client.close());
  const ids = new Set<string>();
  const sending = Promise.all([1, 2, 3].map(() => sendUntilRefused(client, ids)));
  await waitUntil('exports under way', () => ids.size > 300 && progressOf(sender).acknowledged > 30);
  t.is((await core.program.kill('SIGKILL')).signal, 'SIGKILL');
  await sending;
  // Nothing is acknowledged any more, so a line printed from now on tells the final number.
  const { calls } = progressOf(sender);
  await waitUntil('the program calls on', () => progressOf(sender).calls > calls + 5);
  const { acknowledged } = progressOf(sender);
  await sender.kill('SIGKILL');

  const again = await startCoreProcess(t, database);
  const stored = new Set((await allCalls(again.page, 'shop')).map(({ spanId }) => spanId));
  t.deepEqual(
    [...ids].filter((id) => !stored.has(id)),
    [],
  );
  const fromProgram = (await allCalls(again.page, 'sender')).length;
  t.true(fromProgram >= acknowledged, `${acknowledged} were acknowledged, ${fromProgram} are stored`);
  t.is((await again.program.kill('SIGTERM')).code, 0);
  t.log(`${ids.size} spans of exports and ${acknowledged} of a program were acknowledged before the kill`);
});

test.serial('Core killed and started again: a program notices nothing and finds it again', async (t) => {
  const database = join(tempDir(t), 'core.db');
  const models = await startModels(t);
  const core = await startCoreProcess(t, database);
  const running = startSender(t, models, core, 'ask-again.cjs');
  await waitUntil('calls at Core', async () => (await allCalls(core.page, 'sender')).length > 0);
  await core.program.kill('SIGKILL');
  const whenGone = models.requests.length;
  await waitUntil('calls while Core is gone', () => models.requests.length > whenGone + 10);
  const { page } = await startCoreProcess(t, database, core.ports);
  const since = new Date().toISOString();
  await waitUntil(
    'later calls at Core',
    async () => (await allCalls(page, 'sender')).some(({ startedAt }) => startedAt > since),
    { timeoutMs: 30_000 },
  );
  await waitUntil(
    'the process at Core',
    async () => {
      const { processes } = await getJson<{ processes: readonly ProcessView[] }>(`${page}/api/processes`);
      return processes.some(({ pid, connected }) => pid === running.pid && connected);
    },
    { timeoutMs: 30_000 },
  );
  t.is(running.stderr(), '');
  t.true(models.requests.slice(0, -1).every(({ status }) => status === 200));
});

const fingerprint = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A real database of Arc Core with a page overwritten in its middle. */
async function damagedDatabase(t: ExecutionContext): Promise<string> {
  const folder = tempDir(t);
  const core = await startCore(testOptions({ database: join(folder, 'whole.db') }));
  core.store.writeSpans(Array.from({ length: 300 }, () => callSpan()));
  await core.close();
  const file = join(tempDir(t), 'core.db');
  copyFileSync(join(folder, 'whole.db'), file);
  const bytes = readFileSync(file);
  bytes.fill(0xa5, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 8_192);
  writeFileSync(file, bytes);
  return file;
}

const CORRUPT = {
  'a file that is no database': (t: ExecutionContext): Promise<string> =>
    Promise.resolve(join(tempDir(t, { 'core.db': 'notes on rivers\n'.repeat(500) }), 'core.db')),
  'a damaged database': damagedDatabase,
};

for (const [name, make] of Object.entries(CORRUPT)) {
  test.serial(`arc core: ${name} is refused by name, with what to do, and left as it is`, async (t) => {
    const file = await make(t);
    const before = fingerprint(file);
    const { stdout, stderr, code } = await runProgram(t, { args: coreArgs(file) });
    t.is(code, 1);
    t.is(stdout, '');
    t.true(stderr.startsWith(`arc: database ${file}: it is `), stderr);
    t.regex(stderr, /Restore it from a backup, move it away .* or name another with --database/);
    t.is(fingerprint(file), before);
    t.is(
      statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      0,
      'nothing waits to be written to it',
    );
  });
}

test.serial('arc core: a taken port is named with its flag and variable', async (t) => {
  const { ports } = await startCoreProcess(t, ':memory:');
  const { stderr, code } = await runProgram(t, { args: coreArgs(':memory:', { ...ports, control: '0' }) });
  t.is(code, 1);
  for (const part of [ports.otlpGrpc, '--otlp-grpc-port', 'ARC_CORE_OTLP_GRPC_PORT'])
    t.true(stderr.includes(part), stderr);
});

test.serial('2,000 calls at once from one program: every span arrives, once', async (t) => {
  const { page, models, env } = await createWorld(t);
  const { stdout, stderr, code } = await runProgram(t, {
    args: [...REGISTER, program('burst.cjs'), '2000'],
    env: { ...env, OTEL_BSP_MAX_QUEUE_SIZE: '4096', ARC_FLUSH_TIMEOUT_MS: '20000' },
  });
  t.is(stderr, '');
  t.is(stdout, 'answered 2000\n');
  t.is(code, 0);
  t.is(models.requests.length, 2_000);
  const calls = await allCalls(page, 'shop');
  t.is(calls.length, 2_000);
  t.is(new Set(calls.map(({ spanId }) => spanId)).size, 2_000);
  t.true(calls.every(({ decision, status }) => decision === 'fix' && status === 'ok'));
  const { totals } = await getJson<{ totals: { spans: unknown } }>(`${page}/api/summary`);
  t.deepEqual(totals.spans, { stored: 2_000, duplicates: 0 });
});
