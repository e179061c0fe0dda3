import { gzipSync } from 'node:zlib';
import test from 'ava';
import { MAX_EXPORT_BYTES } from '../../../collector/ingest/limits.js';
import { loadTypes } from '../../../src/wire/protobuf.js';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/contract/package-info.js';
import type { Core } from '../../../collector/main.js';
import { codecs, startTestCore, traceBody } from '../fixtures.js';

const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const SPAN = {
  traceId: '5B8EFFF798038103D269B633813FC60C',
  spanId: 'EEE19B7EC3C1B174',
  name: 'chat gpt-4',
  kind: 3,
  startTimeUnixNano: '1790000000000000000',
  endTimeUnixNano: 1790000000250000000,
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: '12' } },
    { key: 'small', value: { intValue: 3 } },
  ],
  status: { code: 2, message: 'no' },
};

function exportOf(span: object): string {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [{ scope: { name: 'arc' }, spans: [span] }],
        unknownField: true,
      },
    ],
  });
}

function post(
  core: Core,
  path: string,
  headers: Record<string, string>,
  body: string | Uint8Array<ArrayBuffer>,
) {
  return fetch(`http://127.0.0.1:${core.ports.otlpHttp}${path}`, { method: 'POST', headers, body });
}

test('OTLP/HTTP: protobuf is stored and answered in protobuf', async (t) => {
  const core = await startTestCore(t);
  const response = await post(core, '/v1/traces', PROTOBUF, traceBody(4));
  t.is(response.status, 200);
  t.is(response.headers.get('content-type'), 'application/x-protobuf');
  t.is((await response.arrayBuffer()).byteLength, 0);
  t.is(core.store.summarise({}).totals.spans.stored, 4);
});

test('OTLP/HTTP: JSON is stored as protobuf is, and answered in JSON', async (t) => {
  const core = await startTestCore(t);
  const response = await post(
    core,
    '/v1/traces',
    JSON_TYPE,
    exportOf({ ...SPAN, endTimeUnixNano: '1790000000250000000' }),
  );
  t.is(response.status, 200);
  t.deepEqual(await response.json(), {});
  const [span] = core.store.listTrace(SPAN.traceId.toLowerCase());
  t.like(span, {
    name: 'chat gpt-4',
    kind: 'client',
    status: 'error',
    startUs: 1_790_000_000_000_000,
    durationNs: 250_000_000,
  });
  t.like(span?.attributes, { 'gen_ai.usage.input_tokens': 12, small: 3 });
  t.is(span?.resource.service, 'shop');
});

test('OTLP/HTTP: metrics and logs are taken in JSON', async (t) => {
  const core = await startTestCore(t);
  const point = { asInt: '5', timeUnixNano: '1790000000000000000', attributes: [] };
  const metric = {
    name: 'arc.errors',
    sum: { dataPoints: [point], isMonotonic: true, aggregationTemporality: 2 },
  };
  const metrics = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] });
  t.is((await post(core, '/v1/metrics', JSON_TYPE, metrics)).status, 200);
  const record = { timeUnixNano: '1790000000000000000', body: { stringValue: 'no' }, severityNumber: 13 };
  const logs = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
  t.is((await post(core, '/v1/logs', JSON_TYPE, logs)).status, 200);
  const { totals } = core.store.summarise({});
  t.deepEqual([totals.metric_points.stored, totals.log_records.stored], [1, 1]);
});

test('OTLP/HTTP: gzip is taken', async (t) => {
  const core = await startTestCore(t);
  const body = new Uint8Array(gzipSync(traceBody(3)));
  t.is((await post(core, '/v1/traces', { ...PROTOBUF, 'content-encoding': 'gzip' }, body)).status, 200);
  t.is(core.store.summarise({}).totals.spans.stored, 3);
});

test('OTLP/HTTP: a gzip bomb is refused with 413 and costs little memory', async (t) => {
  const core = await startTestCore(t);
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(MAX_EXPORT_BYTES * 12)));
  t.true(bomb.length < 1_000_000);
  const before = process.memoryUsage().arrayBuffers;
  const response = await post(core, '/v1/traces', { ...PROTOBUF, 'content-encoding': 'gzip' }, bomb);
  t.is(response.status, 413);
  t.true(process.memoryUsage().arrayBuffers - before < MAX_EXPORT_BYTES * 4);
});

test('OTLP/HTTP: a body beyond the limit is refused with 413, with and without a length', async (t) => {
  const core = await startTestCore(t);
  const large = new Uint8Array(MAX_EXPORT_BYTES + 1);
  t.is((await post(core, '/v1/traces', PROTOBUF, large)).status, 413);
  const stream = new ReadableStream({
    start(controller) {
      for (let part = 0; part < 17; part += 1) controller.enqueue(new Uint8Array(1_048_576));
      controller.close();
    },
  });
  const url = `http://127.0.0.1:${core.ports.otlpHttp}/v1/traces`;
  // The server may answer, or cut the connection, before all of it is sent.
  const status = await fetch(url, { method: 'POST', headers: PROTOBUF, body: stream, duplex: 'half' }).then(
    (response) => response.status,
    () => 413,
  );
  t.is(status, 413);
  t.is((await post(core, '/v1/traces', PROTOBUF, traceBody(1))).status, 200);
});

const refuses = test.macro({
  async exec(t, headers: Record<string, string>, body: string, status: number, message: RegExp) {
    const core = await startTestCore(t);
    const response = await post(core, '/v1/traces', headers, body);
    t.is(response.status, status);
    const answer: unknown = await response.json();
    t.regex(JSON.stringify(answer), message);
    t.true(
      typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'number',
    );
    t.is(core.store.summarise({}).totals.spans.stored, 0);
  },
  title: (name) => `OTLP/HTTP: ${name}`,
});

test('text is refused with 415', refuses, { 'content-type': 'text/plain' }, 'x', 415, /Content-Type must be/);
test(
  'an unknown encoding is refused with 415',
  refuses,
  { ...JSON_TYPE, 'content-encoding': 'br' },
  '{}',
  415,
  /gzip or identity/,
);
test(
  'bytes that are no gzip are refused with 400',
  refuses,
  { ...JSON_TYPE, 'content-encoding': 'gzip' },
  '{}',
  400,
  /not valid gzip/,
);
test('broken JSON is refused with 400', refuses, JSON_TYPE, '{"a":', 400, /not a valid .* in JSON/);
test('a list is refused with 400', refuses, JSON_TYPE, '[]', 400, /must be an object/);
test(
  'a trace id of the wrong length is refused with its path',
  refuses,
  JSON_TYPE,
  exportOf({ ...SPAN, traceId: 'abc' }),
  400,
  /resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]\.traceId: must be 32/,
);
test(
  'a time that is no integer is refused with its path',
  refuses,
  JSON_TYPE,
  exportOf({ ...SPAN, startTimeUnixNano: 'now' }),
  400,
  /startTimeUnixNano: must be an integer/,
);
test(
  'an object in place of a list is refused',
  refuses,
  JSON_TYPE,
  '{"resourceSpans":{"a":1}}',
  400,
  /resourceSpans/,
);

test('OTLP/HTTP: malformed protobuf is refused with a google.rpc.Status in protobuf', async (t) => {
  const core = await startTestCore(t);
  const response = await post(core, '/v1/traces', PROTOBUF, new Uint8Array([0x0a, 0x7f, 0x01]));
  t.is(response.status, 400);
  t.is(response.headers.get('content-type'), 'application/x-protobuf');
  const types = loadTypes(['google/rpc/status.proto'], [join(PACKAGE_ROOT, 'src', 'contract', 'proto')]);
  const status = types.codec<{ code?: number; message?: string }>('google.rpc.Status');
  const { code, message } = status.decode(new Uint8Array(await response.arrayBuffer()));
  t.is(code, 3);
  t.regex(message ?? '', /not a valid .*ExportTraceServiceRequest/);
});

test('OTLP/HTTP: when the store fails the client is told 503 with Retry-After', async (t) => {
  const core = await startTestCore(
    t,
    {},
    {
      wrapStore: (store) => ({
        ...store,
        writeSpans() {
          throw new Error('disk full');
        },
      }),
    },
  );
  const response = await post(core, '/v1/traces', PROTOBUF, traceBody(1));
  t.is(response.status, 503);
  t.is(response.headers.get('retry-after'), '1');
});

test('OTLP/HTTP: rejected items are told by partialSuccess', async (t) => {
  const core = await startTestCore(t);
  const response = await post(core, '/v1/traces', PROTOBUF, traceBody(2, { spanId: new Uint8Array(3) }));
  t.is(response.status, 200);
  const { partialSuccess } = codecs.responses.traces.decode(new Uint8Array(await response.arrayBuffer()));
  t.is(partialSuccess?.rejectedSpans, '2');
});

test('OTLP/HTTP: other methods and paths are told what is served', async (t) => {
  const core = await startTestCore(t);
  const base = `http://127.0.0.1:${core.ports.otlpHttp}`;
  const wrongMethod = await fetch(`${base}/v1/traces`);
  t.is(wrongMethod.status, 405);
  t.is(wrongMethod.headers.get('allow'), 'POST');
  const wrongPath = await post(core, '/v1/profiles', PROTOBUF, new Uint8Array());
  t.is(wrongPath.status, 404);
  t.regex(await wrongPath.text(), /\/v1\/traces, \/v1\/metrics, \/v1\/logs/);
});
