import { once } from 'node:events';
import { get } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import test from 'ava';
import { keepOnLoopback } from './loopback-guard.js';

const refused: string[] = [];
keepOnLoopback((host) => refused.push(host));

/** Of a range that no machine has. */
const ELSEWHERE = '192.0.2.1';

test('keepOnLoopback: connections to this machine work', async (t) => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  for (const socket of [connect(port, '127.0.0.1'), connect({ port, host: 'localhost' }), connect(port)]) {
    const [text] = (await once(socket, 'data')) as [Buffer];
    t.is(text.toString(), 'hello');
    socket.destroy();
  }
});

test('keepOnLoopback: everything else is refused and told', async (t) => {
  const socket = connect(80, ELSEWHERE);
  const [error] = (await once(socket, 'error')) as [Error];
  t.regex(error.message, /no connection to 192\.0\.2\.1/);
  const request = get({ host: 'telemetry.invalid', port: 443 });
  const [failed] = (await once(request, 'error')) as [Error];
  t.regex(failed.message, /no connection to telemetry\.invalid/);
  const fetched = await t.throwsAsync(fetch(`http://${ELSEWHERE}/`));
  t.regex(String(fetched.cause), /no connection to 192\.0\.2\.1/);
  t.deepEqual(refused, [ELSEWHERE, 'telemetry.invalid', ELSEWHERE]);
});
