import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { createRpcClient } from '../../../collector/ingest/grpc.js';
import { SIGNAL_NAMES } from '../../../collector/ingest/signals.js';
import { openDatabase } from '../../../collector/store/database.js';
import { createSqliteStore } from '../../../collector/store/sqlite-store.js';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { type Program, runProgram, spawnProgram } from '../../helpers/spawn-program.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { traceBody } from '../../collector/fixtures.js';

const MAIN = join(REPO_ROOT, 'dist', 'src', 'cli', 'main.js');
const FREE_PORTS = ['otlp-grpc', 'otlp-http', 'web', 'control'].flatMap((name) => [`--${name}-port`, '0']);

function startCommand(t: ExecutionContext, database: string): Program {
  return spawnProgram(t, { args: [MAIN, 'core', ...FREE_PORTS, '--database', database] });
}

async function grpcPort(program: Program): Promise<number> {
  const [, port] = await program.waitForLine(/OTLP\/gRPC +http:\/\/127\.0\.0\.1:(\d+)/);
  return Number(port);
}

test('arc core: says where it listens, stops on SIGTERM with exit code 0', async (t) => {
  const program = startCommand(t, join(tempDir(t), 'core.db'));
  const [, web] = await program.waitForLine(/page and API +http:\/\/127\.0\.0\.1:(\d+)/);
  t.is((await fetch(`http://127.0.0.1:${web}/healthz`)).status, 200);
  const { code, stdout, stderr } = await program.kill('SIGTERM');
  t.is(code, 0);
  t.regex(stdout, /SIGTERM: .*\nstopped/);
  t.is(stderr, '');
});

test('arc core: what was acknowledged survives being killed, and what was not is no error', async (t) => {
  const database = join(tempDir(t), 'core.db');
  const program = startCommand(t, database);
  const client = createRpcClient(`127.0.0.1:${await grpcPort(program)}`, false);
  t.teardown(() => client.close());
  let acknowledged = 0;
  let stopped = false;
  const sendAll = async (): Promise<void> => {
    while (!stopped) {
      const reply = await client.call(SIGNAL_NAMES.traces.grpcPath, traceBody(20), 5_000);
      if (reply.kind === 'ok') acknowledged += 20;
      else stopped = true;
    }
  };
  const senders = [sendAll(), sendAll(), sendAll()];
  await waitUntil('some exports', () => acknowledged >= 400);
  await program.kill('SIGKILL');
  await Promise.all(senders);
  const again = openDatabase(database);
  t.teardown(() => again.close());
  const { stored } = createSqliteStore(again).summarise({}).totals.spans;
  t.true(stored >= acknowledged, `${stored} of ${acknowledged} acknowledged`);
  t.true(stored <= acknowledged + 60, 'at most the exports in flight come on top');
  t.is(again.prepare('SELECT count(*) AS n FROM spans').get()?.['n'], stored);
});

test('arc core: a taken port ends it with exit code 1 and one line', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => void server.close());
  const { port } = server.address() as AddressInfo; // a TCP server's address has this form
  const args = [MAIN, 'core', ...FREE_PORTS, '--database', ':memory:', '--otlp-grpc-port', String(port)];
  const { code, stderr, stdout } = await runProgram(t, { args });
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(
    stderr,
    new RegExp(`^arc: port ${port} on 127\\.0\\.0\\.1 is taken.*ARC_CORE_OTLP_GRPC_PORT\\.\n$`),
  );
});

test('arc core: a corrupt database ends it with exit code 1 and says what to do', async (t) => {
  const file = join(tempDir(t), 'core.db');
  writeFileSync(file, 'not a database'.repeat(50));
  const { code, stderr } = await startCommand(t, file).result;
  t.is(code, 1);
  t.regex(stderr, /has not changed the file.*--database/);
});

test('arc core: a malformed setting is named', async (t) => {
  const { code, stderr } = await runProgram(t, {
    args: [MAIN, 'core'],
    env: { ARC_CORE_WEB_PORT: 'eighty' },
  });
  t.true(code !== 0 && code !== null);
  t.regex(stderr, /ARC_CORE_WEB_PORT: must be an integer from 0 to 65535, received "eighty"/);
});
