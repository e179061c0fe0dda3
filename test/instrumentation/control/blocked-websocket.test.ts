import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import test from 'ava';
import { packSource, startTestCore, type TestCore } from '../../collector/control/test-core.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { startProcessDouble } from './process-double.js';

/** A proxy that passes plain HTTP on and does with upgrades what it is told. */
async function startProxy(core: TestCore, onUpgrade: (socket: Duplex) => void): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request(
      { port: core.control.port, host: '127.0.0.1', method, path: url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  proxy.on('upgrade', (_, socket) => {
    socket.on('error', () => undefined);
    onUpgrade(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

const REFUSALS: Readonly<Record<string, (socket: Duplex) => void>> = {
  'answers 426': (socket) => void socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n'),
  'answers 403': (socket) => void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'),
  'drops the connection': (socket) => void socket.destroy(),
};

for (const [what, onUpgrade] of Object.entries(REFUSALS)) {
  test(`control: where a proxy ${what} to upgrades, packs come by polling`, async (t) => {
    const core = await startTestCore();
    const proxy = await startProxy(core, onUpgrade);
    const { port } = proxy.address() as AddressInfo;
    const process = startProcessDouble(`ws://127.0.0.1:${port}/v1/opamp`);
    t.teardown(async () => {
      await process.client.close();
      proxy.closeAllConnections();
      proxy.close();
      await core.close();
    });
    await waitUntil('up to date', () => core.control.processes()[0]?.upToDate);
    t.is(process.client.state(), `polling http://127.0.0.1:${port}/v1/opamp`);
    const { body } = await core.add(packSource('1'));
    t.like(body.processes?.[0], { status: 'installed', transport: 'http' });
    t.truthy(process.holder.find('fleet.hot'));
  });
}
