import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import test from 'ava';
import { startTestCore } from '../../collector/control/test-core.js';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { runProgram } from '../../helpers/spawn-program.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { waitUntil } from '../../helpers/wait-until.js';

const CLIENT = join(REPO_ROOT, 'dist/src/instrumentation/control/control-client.js');

/** A program that opens the channel, waits on a timer of its own until `until` holds, and is then done. */
function program(url: string, until: string): readonly string[] {
  const code = `
    const { createControlClient } = require(${JSON.stringify(CLIENT)});
    const status = () => ({ serviceName: 'short-lived', startedAt: new Date().toISOString(), packs: [], arcVersion: '0', enabled: true });
    const client = createControlClient({ url: ${JSON.stringify(url)}, pollMs: 50, status, apply: () => [], log: () => {} });
    const own = setInterval(() => {
      if (!(${until})) return;
      clearInterval(own);
      console.log(client.state());
    }, 5);`;
  return ['-e', code];
}

for (const [transport, state] of [
  ['ws', 'connected'],
  ['http', 'polling'],
] as const) {
  test(`control: a process that is done ends by itself while it is ${state}`, async (t) => {
    const core = await startTestCore();
    t.teardown(() => core.close());
    const url = transport === 'ws' ? core.wsUrl : core.httpUrl;
    const { code, stdout } = await runProgram(t, {
      args: program(url, `client.state().startsWith(${JSON.stringify(state)})`),
      timeoutMs: 15_000,
    });
    t.is(code, 0);
    t.is(stdout.trim(), `${state} ${url}`);
    if (transport === 'ws')
      await waitUntil('noticed', () => core.control.processes()[0]?.connected === false);
  });
}

test('control: a process that is done ends by itself while nobody listens', async (t) => {
  const core = await startTestCore();
  await core.close();
  const { code, stdout } = await runProgram(t, {
    args: program(core.wsUrl, 'client.state().startsWith("unreachable")'),
    timeoutMs: 15_000,
  });
  t.is(code, 0);
  t.regex(stdout, /ECONNREFUSED/);
});

test('control: a process that is done ends by itself while the other side is silent', async (t) => {
  const marker = join(tempDir(t), 'accepted');
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
    writeFileSync(marker, '');
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.teardown(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}/v1/opamp`;
  const until = `require('node:fs').existsSync(${JSON.stringify(marker)})`;
  const { code, stdout } = await runProgram(t, { args: program(url, until), timeoutMs: 15_000 });
  t.is(code, 0);
  t.is(stdout.trim(), `connecting ${url}`);
});
