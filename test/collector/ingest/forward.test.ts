import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { backoffMs } from '../../../collector/ingest/backoff.js';
import { createForwarder } from '../../../collector/ingest/forward.js';
import {
  type ForwardTarget,
  retryAfterMs,
  type SendResult,
} from '../../../collector/ingest/forward-target.js';
import { createRpcClient, serveGrpc } from '../../../collector/ingest/grpc.js';
import { retryDelayMs } from '../../../collector/ingest/rpc-status.js';
import { SIGNAL_NAMES } from '../../../collector/ingest/signals.js';
import type { Core } from '../../../collector/main.js';
import { startOtlpReceiver } from '../../helpers/otlp-receiver.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { codecs, startTestCore, traceBody } from '../fixtures.js';

const TRACES = SIGNAL_NAMES.traces.grpcPath;
const FAST = { initialMs: 5, maxMs: 20 };

async function sendTraces(t: ExecutionContext, core: Core, body: Uint8Array): Promise<void> {
  const client = createRpcClient(`127.0.0.1:${core.ports.otlpGrpc}`, false);
  t.teardown(() => client.close());
  t.is((await client.call(TRACES, body, 5_000)).kind, 'ok');
}

test('forward: an endpoint that is not Arc’s gets every export over gRPC', async (t) => {
  const receiver = await startOtlpReceiver(t);
  const core = await startTestCore(t, { forward: receiver.grpcUrl });
  await sendTraces(t, core, traceBody(5));
  await receiver.waitFor('five spans', ({ spans }) => spans.length === 5);
  t.is(receiver.spans[0]?.resource['service.name'], 'shop');
  await waitUntil('the count of delivered exports', () => core.forwardStats()?.delivered === 1);
});

test('forward: JSON that came over HTTP goes out as protobuf over HTTP', async (t) => {
  const receiver = await startOtlpReceiver(t);
  const core = await startTestCore(t, { forward: receiver.httpUrl, forwardProtocol: 'http' });
  const record = { timeUnixNano: '1790000000000000000', body: { stringValue: 'hello' }, severityNumber: 9 };
  const response = await fetch(`http://127.0.0.1:${core.ports.otlpHttp}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }),
  });
  t.is(response.status, 200);
  await receiver.waitFor('the record', ({ logs }) => logs.length === 1);
  t.is(receiver.logs[0]?.body, 'hello');
});

test('forward: the bytes are passed on as they came, unknown fields included', async (t) => {
  const bodies: Uint8Array[] = [];
  const endpoint = await serveGrpc(
    address(0),
    new Map([[TRACES, (body) => (bodies.push(body), { kind: 'ok', body: new Uint8Array() })]]),
  );
  t.teardown(() => endpoint.close());
  const core = await startTestCore(t, { forward: `http://127.0.0.1:${endpoint.port}` });
  const sent = Buffer.concat([traceBody(2), Buffer.from([0xfa, 0x3e, 0x02, 0x68, 0x69])]); // field 1007, "hi"
  await sendTraces(t, core, sent);
  await waitUntil('the export', () => bodies.length === 1);
  t.deepEqual(Buffer.from(bodies[0] ?? []), sent);
});

test('forward: an endpoint that is down delays no acknowledgement and gets all when it comes up', async (t) => {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo; // a TCP server's address has this form
  await new Promise((resolve) => probe.close(resolve));

  const core = await startTestCore(t, { forward: `http://127.0.0.1:${port}` });
  await sendTraces(t, core, traceBody(2));
  await sendTraces(t, core, traceBody(3));
  await waitUntil('the failure to show', () => core.forwardStats()?.problem);
  t.like(core.forwardStats(), { delivered: 0, dropped: 0, queuedExports: 2 });

  let spans = 0;
  const endpoint = await serveGrpc(
    address(port),
    new Map([
      [
        TRACES,
        (body) => {
          spans += codecs.traces.decode(body).resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.length ?? 0;
          return { kind: 'ok', body: new Uint8Array() };
        },
      ],
    ]),
  );
  t.teardown(() => endpoint.close());
  await waitUntil('both exports', () => core.forwardStats()?.delivered === 2, { timeoutMs: 30_000 });
  t.is(spans, 5);
  t.is(core.forwardStats()?.problem, null);
});

test('forward: an export the endpoint refuses is dropped and counted, the next one goes out', async (t) => {
  let refusals = 0;
  const endpoint = await serveGrpc(
    address(0),
    new Map([
      [
        TRACES,
        () => {
          refusals += 1;
          if (refusals === 1) return { kind: 'error', code: 3, message: 'bad' };
          return { kind: 'ok', body: new Uint8Array() };
        },
      ],
    ]),
  );
  t.teardown(() => endpoint.close());
  const core = await startTestCore(t, { forward: `http://127.0.0.1:${endpoint.port}` });
  await sendTraces(t, core, traceBody(1));
  await sendTraces(t, core, traceBody(1));
  await waitUntil('both to be settled', () => core.forwardStats()?.queuedExports === 0);
  t.like(core.forwardStats(), { delivered: 1, dropped: 1 });
});

test('forward: Retry-After of an HTTP endpoint is waited for', async (t) => {
  const times: number[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      times.push(performance.now());
      if (times.length === 1) response.writeHead(503, { 'retry-after': '1' });
      response.end();
    });
  });
  const url = await listen(t, server);
  const core = await startTestCore(t, { forward: url, forwardProtocol: 'http' });
  await sendTraces(t, core, traceBody(1));
  await waitUntil('the second attempt', () => core.forwardStats()?.delivered === 1);
  const [first = 0, second = 0] = times;
  t.true(second - first >= 990, `waited ${second - first} ms`);
});

test('forward: a full queue drops the oldest and counts them', async (t) => {
  const { target, sent, answer } = heldTarget();
  const forwarder = createForwarder({
    url: 'test',
    target,
    log: () => undefined,
    maxQueueBytes: 25,
    backoff: FAST,
  });
  for (const text of ['first-----', 'second----', 'third-----']) forwarder.offer('traces', Buffer.from(text));
  t.like(forwarder.stats(), { dropped: 1, queuedExports: 2, queuedBytes: 20 });
  t.regex(forwarder.stats().problem ?? '', /queue is full/);
  answer({ kind: 'delivered' });
  await waitUntil('the rest to be sent', () => forwarder.stats().delivered === 2);
  t.deepEqual(sent, ['first-----', 'second----', 'third-----']);
  await forwarder.close();
});

test('forward: closing gives up after its grace and counts what is left', async (t) => {
  const target: ForwardTarget = {
    send: () => Promise.resolve({ kind: 'retry', reason: 'down', afterMs: undefined }),
    close: () => undefined,
  };
  const lines: string[] = [];
  const forwarder = createForwarder({
    url: 'test',
    target,
    log: (line) => lines.push(line),
    backoff: FAST,
    closeGraceMs: 50,
  });
  forwarder.offer('logs', Buffer.from('a'));
  forwarder.offer('logs', Buffer.from('b'));
  await forwarder.close();
  t.like(forwarder.stats(), { dropped: 2, queuedExports: 0, queuedBytes: 0 });
  t.is(lines.length, 2, 'one line for the trouble, one for the drop');
});

test('forward: Core refuses to forward to itself', async (t) => {
  const given = { forward: 'http://localhost:43170', otlpGrpcPort: 43_170 };
  await t.throwsAsync(startTestCore(t, given), { code: 'ARC_CONFIG_INVALID', message: /another endpoint/ });
});

test('backoffMs: doubles up to the ceiling, drawn from the upper half', (t) => {
  const config = { initialMs: 100, maxMs: 1_000 };
  const waits = [1, 2, 3, 4, 5, 50].map((failures) => backoffMs(config, failures, 0));
  t.deepEqual(waits, [50, 100, 200, 400, 500, 500]);
  t.is(backoffMs(config, 2, 0.5), 150);
});

test('retryAfterMs: reads seconds and dates, and nothing else', (t) => {
  t.is(retryAfterMs('3', 0), 3_000);
  t.is(retryAfterMs('Thu, 01 Jan 1970 00:00:10 GMT', 4_000), 6_000);
  t.is(retryAfterMs('Thu, 01 Jan 1970 00:00:01 GMT', 4_000), 0);
  t.is(retryAfterMs('soon', 0), undefined);
  t.is(retryAfterMs(null, 0), undefined);
});

test('retryDelayMs: reads the RetryInfo of a status, bytes of the specification', (t) => {
  // Any{type_url: "type.googleapis.com/google.rpc.RetryInfo", value: RetryInfo{Duration{seconds: 2, nanos: 5e8}}}
  const info = Buffer.from([0x0a, 0x08, 0x08, 0x02, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01]);
  const url = Buffer.from('type.googleapis.com/google.rpc.RetryInfo');
  const any = Buffer.concat([Buffer.from([0x0a, url.length]), url, Buffer.from([0x12, info.length]), info]);
  t.is(retryDelayMs(Buffer.concat([Buffer.from([0x08, 0x08, 0x1a, any.length]), any])), 2_500);
  t.is(retryDelayMs(Buffer.from([0x08, 0x08])), undefined);
  t.is(retryDelayMs(Buffer.from('junk')), undefined);
});

function address(port: number) {
  return { host: '127.0.0.1', port, purpose: 'the test', flag: '--none', env: 'NONE' };
}

async function listen(t: ExecutionContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address has this form
}

/** A target whose first send waits until it is answered; later ones are delivered at once. */
function heldTarget() {
  const sent: string[] = [];
  let answer: (result: SendResult) => void = () => undefined;
  const first = new Promise<SendResult>((resolve) => {
    answer = resolve;
  });
  const target: ForwardTarget = {
    send(_signal, body) {
      sent.push(Buffer.from(body).toString());
      return sent.length === 1 ? first : Promise.resolve({ kind: 'delivered' });
    },
    close: () => undefined,
  };
  return { target, sent, answer: (result: SendResult) => answer(result) };
}
