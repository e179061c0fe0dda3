import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { AgentCapabilities, createOpAMPClient } from '@elastic/opamp-client-node';
import test, { type ExecutionContext } from 'ava';
import { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../../../collector/control/http-request.js';
import { createControl } from '../../../collector/control/control.js';
import { decodeServerToAgent, encodeAgentToServer, frame, unframe } from '../../../src/wire/opamp.js';
import {
  AGENT_CAPABILITY,
  hasBit,
  type AgentToServer,
  type ServerToAgent,
} from '../../../src/wire/opamp-messages.js';
import { formatUuid, newUuidV7 } from '../../../src/wire/uuid.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { packSource, startTestCore, type TestCore } from './test-core.js';

const CAPABILITIES = String(AGENT_CAPABILITY.reportsStatus | AGENT_CAPABILITY.acceptsPackages);

async function setUp(t: ExecutionContext): Promise<TestCore> {
  const core = await startTestCore();
  t.teardown(() => core.close());
  return core;
}

function post(
  core: TestCore,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(core.httpUrl, {
    method: 'POST',
    body: Buffer.from(body),
    headers: { 'content-type': 'application/x-protobuf', ...headers },
  });
}

async function ask(core: TestCore, message: AgentToServer): Promise<ServerToAgent> {
  const response = await post(core, encodeAgentToServer(message));
  return read(new Uint8Array(await response.arrayBuffer()));
}

function read(bytes: Uint8Array): ServerToAgent {
  const decoded = decodeServerToAgent(bytes);
  if (!decoded.ok) throw new Error(decoded.problem);
  return decoded.message;
}

/** A bare agent on a WebSocket: what it received, and a way to speak. */
async function openAgent(t: ExecutionContext, core: TestCore) {
  const socket = new WebSocket(core.wsUrl);
  t.teardown(() => socket.terminate());
  const received: ServerToAgent[] = [];
  socket.on('message', (data: Buffer) => {
    const framed = unframe(data);
    if (framed.ok) received.push(read(framed.message));
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    received,
    socket,
    say: (message: AgentToServer) => socket.send(frame(encodeAgentToServer(message))),
  };
}

test('endpoint: an independent agent is known, described and heard again at its heartbeat', async (t) => {
  const core = await setUp(t);
  await core.add(packSource('1'), 'waitMs=0');
  const client = createOpAMPClient({
    endpoint: core.httpUrl,
    heartbeatIntervalSeconds: 0.1,
    capabilities: BigInt(AgentCapabilities['AgentCapabilities_AcceptsRemoteConfig'] ?? 0),
  });
  client.setAgentDescription({
    identifyingAttributes: { 'service.name': 'elastic' },
    nonIdentifyingAttributes: { n: 5 },
  });
  client.start();
  t.teardown(() => client.shutdown());
  const first = await waitUntil('seen', () => core.control.processes()[0]);
  t.like(first, { serviceName: 'elastic', transport: 'http', connected: true, acceptsPacks: false });
  t.is(first.uid, formatUuid(client.getInstanceUid()));
  t.deepEqual(first.attributes, { 'service.name': 'elastic', n: '5' });
  await waitUntil('heard again', () => core.control.processes()[0]?.lastSeenAt !== first.lastSeenAt);
  t.is(core.control.processes().length, 1);
});

test('endpoint: an agent that takes no packages is offered none', async (t) => {
  const core = await setUp(t);
  await core.add(packSource('1'), 'waitMs=0');
  const instanceUid = newUuidV7(Date.now());
  const answer = await ask(core, { instanceUid, sequenceNum: '1', capabilities: '1', agentDescription: {} });
  t.is(answer.packagesAvailable, undefined);
});

test('endpoint: an offer holds address and hash of the very bytes that are downloaded', async (t) => {
  const core = await setUp(t);
  await core.add(packSource('1'), 'waitMs=0');
  const instanceUid = newUuidV7(Date.now());
  const answer = await ask(core, {
    instanceUid,
    sequenceNum: '1',
    capabilities: CAPABILITIES,
    agentDescription: {},
  });
  const offered = answer.packagesAvailable?.packages?.['fleet'];
  t.is(offered?.version, '1');
  t.is(core.control.packs()[0]?.hash, Buffer.from(offered?.hash ?? []).toString('hex'));
  const download = await fetch(String(offered?.file?.downloadUrl));
  const bytes = new Uint8Array(await download.arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest();
  t.deepEqual(Buffer.from(offered?.file?.contentHash ?? []), digest);
});

test('endpoint: a pack that was replaced a moment ago can still be downloaded, another hash cannot', async (t) => {
  const core = await setUp(t);
  const { body } = await core.add(packSource('1'), 'waitMs=0');
  await core.add(packSource('2'), 'waitMs=0');
  const at = (hash: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${core.control.port}/v1/packs/fleet/${hash}`);
  t.is((await at(body.pack?.hash ?? '')).status, 200);
  t.is((await at('00')).status, 404);
});

test('endpoint: a gap in the sequence makes Core ask for everything', async (t) => {
  const core = await setUp(t);
  const instanceUid = newUuidV7(Date.now());
  const send = (sequenceNum: string, rest: Partial<AgentToServer> = {}): Promise<ServerToAgent> =>
    ask(core, { instanceUid, sequenceNum, capabilities: '1', ...rest });
  t.true(hasBit((await send('7')).flags, 1), 'unknown agent');
  t.false(hasBit((await send('8', { agentDescription: {} })).flags, 1), 'full report');
  t.false(hasBit((await send('9')).flags, 1), 'the next one');
  t.true(hasBit((await send('11')).flags, 1), 'one is missing');
});

test('endpoint: of two connections under one uid the newcomer is renamed, and both are known', async (t) => {
  const core = await setUp(t);
  const instanceUid = newUuidV7(Date.now());
  const hello = { instanceUid, sequenceNum: '1', capabilities: CAPABILITIES, agentDescription: {} };
  const first = await openAgent(t, core);
  first.say(hello);
  await waitUntil('first answer', () => first.received.length === 1);
  const second = await openAgent(t, core);
  second.say(hello);
  const [answer] = await waitUntil('second answer', () => second.received.length === 1 && second.received);
  const renamed = answer?.agentIdentification?.newInstanceUid ?? new Uint8Array(0);
  t.is(renamed.length, 16);
  t.notDeepEqual(Buffer.from(renamed), Buffer.from(instanceUid));
  t.is(core.control.processes().filter(({ connected }) => connected).length, 2);
});

test('endpoint: two agents may share one connection, and both are told of a pack', async (t) => {
  const core = await setUp(t);
  const agent = await openAgent(t, core);
  const uids = [newUuidV7(1), newUuidV7(2)];
  for (const instanceUid of uids) {
    agent.say({ instanceUid, sequenceNum: '1', capabilities: CAPABILITIES, agentDescription: {} });
  }
  await waitUntil('both answered', () => agent.received.length === 2);
  await core.add(packSource('1'), 'waitMs=0');
  await waitUntil('both told', () => agent.received.length === 4);
  const told = agent.received.slice(2).map((message) => formatUuid(message.instanceUid));
  t.deepEqual(told.sort(), uids.map(formatUuid).sort());
  agent.socket.terminate();
  await waitUntil('both gone', () => core.control.processes().every(({ connected }) => !connected));
});

test('endpoint: bytes that are no message are answered on the WebSocket, which stays open', async (t) => {
  const core = await setUp(t);
  const agent = await openAgent(t, core);
  agent.socket.send(Buffer.from('000aff', 'hex'));
  const [answer] = await waitUntil('answer', () => agent.received.length === 1 && agent.received);
  t.like(answer?.errorResponse, { type: 1 });
  agent.say({ instanceUid: newUuidV7(1), sequenceNum: '1', capabilities: '1', agentDescription: {} });
  await waitUntil('second answer', () => agent.received.length === 2);
  t.is(core.control.processes().length, 1);
});

test('endpoint: a web page cannot open the WebSocket', async (t) => {
  const core = await setUp(t);
  const socket = new WebSocket(core.wsUrl, { origin: 'https://evil.example' });
  const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
  t.regex(error.message, /403/);
});

test('endpoint: a WebSocket message over the limit ends the connection and nothing else', async (t) => {
  const core = await setUp(t);
  const agent = await openAgent(t, core);
  const code = new Promise((resolve) => agent.socket.once('close', resolve));
  agent.socket.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1));
  t.true([1009, 1006].includes(Number(await code)));
  t.is((await ask(core, { instanceUid: newUuidV7(1), capabilities: '1' })).instanceUid.length, 16);
});

const hello = (): Uint8Array =>
  encodeAgentToServer({
    instanceUid: newUuidV7(1),
    sequenceNum: '1',
    capabilities: '1',
    agentDescription: {},
  });

test('endpoint: a gzipped message is read', async (t) => {
  const core = await setUp(t);
  t.is((await post(core, gzipSync(hello()), { 'content-encoding': 'gzip' })).status, 200);
  t.is(core.control.processes().length, 1);
});

const REFUSED: Readonly<Record<string, [number, Uint8Array, Record<string, string>]>> = {
  'no message': [400, Buffer.from('ff', 'hex'), {}],
  'another content type': [415, hello(), { 'content-type': 'text/plain' }],
  'an unknown encoding': [415, hello(), { 'content-encoding': 'br' }],
  'broken gzip': [400, hello(), { 'content-encoding': 'gzip' }],
  'a gzip bomb': [413, gzipSync(Buffer.alloc(64 * MAX_MESSAGE_BYTES)), { 'content-encoding': 'gzip' }],
  'too many bytes': [413, Buffer.alloc(MAX_MESSAGE_BYTES + 1), {}],
};
for (const [what, [status, body, headers]] of Object.entries(REFUSED)) {
  test(`endpoint: a POST of ${what} is refused with ${status}`, async (t) => {
    const core = await setUp(t);
    t.is((await post(core, body, headers)).status, status);
    t.deepEqual(core.control.processes(), []);
  });
}

test('endpoint: other methods and paths are refused', async (t) => {
  const core = await setUp(t);
  t.is((await fetch(core.httpUrl)).status, 405);
  t.is((await fetch(core.httpUrl.replace('/v1/opamp', '/'))).status, 404);
});

test('control: a taken port is named together with what changes it', async (t) => {
  const core = await setUp(t);
  const { port } = core.control;
  const second = createControl({ database: core.database, host: '127.0.0.1', port });
  await t.throwsAsync(second, { code: 'ARC_PORT_IN_USE', message: new RegExp(`${port}.*--control-port`) });
});
