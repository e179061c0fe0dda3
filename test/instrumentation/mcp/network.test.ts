import test from 'ava';
import { networkAttributes } from '../../../src/instrumentation/mcp/network.js';

const TCP = { 'network.transport': 'tcp' };
const HTTP = { ...TCP, 'network.protocol.name': 'http' };
const nothing = (): void => undefined;

const network = test.macro({
  exec(t, transport: Readonly<Record<string, unknown>>, expected: object) {
    t.deepEqual(networkAttributes(transport), expected);
  },
  title: (name) => `networkAttributes: ${name}`,
});

test(
  'a client over HTTPS',
  network,
  { _url: new URL('https://mcp.example/a') },
  {
    ...HTTP,
    'server.address': 'mcp.example',
    'server.port': 443,
  },
);
test(
  'a client over a WebSocket',
  network,
  { _url: new URL('ws://localhost') },
  {
    ...TCP,
    'network.protocol.name': 'websocket',
    'server.address': 'localhost',
    'server.port': 80,
  },
);
test('a server over HTTP', network, { handleRequest: nothing }, HTTP);
test('a server over HTTP with server-sent events', network, { handlePostMessage: nothing }, HTTP);
test('a client over stdio', network, { _serverParams: {} }, { 'network.transport': 'pipe' });
test('a server over stdio', network, { _stdin: {} }, { 'network.transport': 'pipe' });
test('in memory, or a transport of the application', network, { send: nothing }, {});
