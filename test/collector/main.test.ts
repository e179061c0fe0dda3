import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { createRpcClient } from '../../collector/ingest/grpc.js';
import { SIGNAL_NAMES } from '../../collector/ingest/signals.js';
import { startCore } from '../../collector/main.js';
import { openDatabase } from '../../collector/store/database.js';
import { tempDir } from '../helpers/temp-dir.js';
import { startTestCore, testOptions, traceBody } from './fixtures.js';

async function takenPort(t: ExecutionContext): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => void server.close());
  return (server.address() as AddressInfo).port; // a TCP server's address has this form
}

const portTaken = test.macro({
  async exec(t, key: 'otlpGrpcPort' | 'otlpHttpPort' | 'webPort' | 'controlPort', flag: string, env: string) {
    const file = join(tempDir(t), 'core.db');
    const port = await takenPort(t);
    const error = await t.throwsAsync(startCore(testOptions({ [key]: port, database: file })), {
      code: 'ARC_PORT_IN_USE',
    });
    const message = error?.message ?? '';
    t.true(message.includes(`port ${port}`) && message.includes(flag) && message.includes(env), message);
    // Everything that was opened before is closed again: the file can be taken anew.
    openDatabase(file).close();
  },
  title: (_, key) => `startCore: a taken ${key} is named with what changes it, and nothing stays open`,
});

test(portTaken, 'otlpGrpcPort', '--otlp-grpc-port', 'ARC_CORE_OTLP_GRPC_PORT');
test(portTaken, 'otlpHttpPort', '--otlp-http-port', 'ARC_CORE_OTLP_HTTP_PORT');
test(portTaken, 'webPort', '--web-port', 'ARC_CORE_WEB_PORT');
test(portTaken, 'controlPort', '--control-port', 'ARC_CORE_CONTROL_PORT');

test('startCore: an address that is not this machine’s is refused by name', async (t) => {
  const options = testOptions({ host: '192.0.2.1' });
  await t.throwsAsync(startCore(options, { control: null }), {
    code: 'ARC_CONFIG_INVALID',
    message: /ARC_CORE_HOST/,
  });
});

test('startCore: four ports are served, the control channel’s routes below /api', async (t) => {
  const core = await startCore(testOptions());
  t.teardown(() => core.close());
  const { otlpGrpc, otlpHttp, web, control } = core.ports;
  t.is(new Set([otlpGrpc, otlpHttp, web, control]).size, 4);
  const base = `http://127.0.0.1:${web}`;
  t.deepEqual(await (await fetch(`${base}/readyz`)).json(), { status: 'ready' });
  t.deepEqual(await (await fetch(`${base}/api/packs`)).json(), { packs: [] });
  t.deepEqual(await (await fetch(`${base}/api/processes`)).json(), { processes: [] });
});

test('close: writes the log back, keeps what was acknowledged and frees the ports', async (t) => {
  const folder = tempDir(t);
  const database = join(folder, 'core.db');
  const core = await startCore(testOptions({ database }), { control: null });
  const client = createRpcClient(`127.0.0.1:${core.ports.otlpGrpc}`, false);
  t.teardown(() => client.close());
  t.is((await client.call(SIGNAL_NAMES.traces.grpcPath, traceBody(7), 5_000)).kind, 'ok');
  await core.close();
  await core.close();
  t.deepEqual(readdirSync(folder), ['core.db']);
  const again = await startTestCore(t, { database, webPort: core.ports.web });
  t.is(again.store.summarise({}).totals.spans.stored, 7);
  t.true(existsSync(database));
});
