import { SeverityNumber } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import test, { type ExecutionContext } from 'ava';
import { createRpcClient, type RpcClient } from '../../../collector/ingest/grpc.js';
import { MAX_EXPORT_BYTES } from '../../../collector/ingest/limits.js';
import type { AnyValue } from '../../../collector/ingest/otlp-messages.js';
import { RPC_CODE } from '../../../collector/ingest/rpc-status.js';
import { SIGNAL_NAMES } from '../../../collector/ingest/signals.js';
import type { Core } from '../../../collector/main.js';
import { codecs, startTestCore, text, traceBody, traceRequest } from '../fixtures.js';

const TRACES = SIGNAL_NAMES.traces.grpcPath;

function clientOf(t: ExecutionContext, core: Core): RpcClient {
  const client = createRpcClient(`127.0.0.1:${core.ports.otlpGrpc}`, false);
  t.teardown(() => client.close());
  return client;
}

test('OTLP/gRPC: spans of the SDK’s own exporter arrive whole', async (t) => {
  const core = await startTestCore(t);
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${core.ports.otlpGrpc}` });
  const resource = resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 7 });
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const span = provider.getTracer('arc').startSpan('chat gpt-4', { kind: 2 });
  span.setAttributes({
    'gen_ai.operation.name': 'chat',
    'gen_ai.response.finish_reasons': ['stop'],
    ratio: 0.5,
  });
  span.recordException(new Error('slow down'));
  span.setStatus({ code: 2, message: 'refused' });
  span.end();
  await provider.shutdown();
  const { traceId, spanId } = span.spanContext();
  const [stored] = core.store.listTrace(traceId);
  t.like(stored, {
    spanId,
    name: 'chat gpt-4',
    kind: 'client',
    status: 'error',
    statusMessage: 'refused',
    scope: 'arc',
  });
  t.deepEqual(stored?.attributes['gen_ai.response.finish_reasons'], ['stop']);
  t.is(stored?.attributes['ratio'], 0.5);
  t.is(stored?.events[0]?.attributes['exception.message'], 'slow down');
  t.is(stored?.resource.attributes['process.pid'], 7);
  t.like(core.store.findCall(traceId, spanId), { service: 'shop', status: 'error' });
});

test('OTLP/gRPC: metrics and logs of the SDK’s own exporters arrive', async (t) => {
  const core = await startTestCore(t);
  const url = `http://127.0.0.1:${core.ports.otlpGrpc}`;
  const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url }) });
  const meters = new MeterProvider({ readers: [reader] });
  const meter = meters.getMeter('arc');
  meter.createCounter('arc.fixes.applied').add(3, { pattern: 'a' });
  meter.createHistogram('gen_ai.client.inference.duration', { unit: 's' }).record(0.25);
  await meters.shutdown();
  const processor = new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url }) });
  const loggers = new LoggerProvider({ processors: [processor] });
  loggers
    .getLogger('arc')
    .emit({ severityNumber: SeverityNumber.WARN, body: { text: 'no' }, eventName: 'e' });
  await loggers.shutdown();
  const { totals } = core.store.summarise({});
  t.true(totals.metric_points.stored >= 2);
  t.is(totals.log_records.stored, 1);
});

test('OTLP/gRPC: an export sent again is acknowledged and stored once', async (t) => {
  const core = await startTestCore(t);
  const client = clientOf(t, core);
  const body = traceBody(5);
  t.is((await client.call(TRACES, body, 5_000)).kind, 'ok');
  t.is((await client.call(TRACES, body, 5_000)).kind, 'ok');
  t.deepEqual(core.store.summarise({}).totals.spans, { stored: 5, duplicates: 5 });
});

test('OTLP/gRPC: thousands of spans in parallel exports are all stored once', async (t) => {
  const core = await startTestCore(t);
  const client = clientOf(t, core);
  const bodies = Array.from({ length: 60 }, () => traceBody(100));
  const sends = [...bodies, ...bodies.slice(0, 20)].map((body) => client.call(TRACES, body, 30_000));
  const replies = await Promise.all(sends);
  t.true(replies.every((reply) => reply.kind === 'ok'));
  t.deepEqual(core.store.summarise({}).totals.spans, { stored: 6_000, duplicates: 2_000 });
});

test('OTLP/gRPC: when the store fails the client is told UNAVAILABLE and nothing is kept', async (t) => {
  let broken = true;
  const lines: string[] = [];
  const core = await startTestCore(
    t,
    {},
    {
      log: (line) => lines.push(line),
      wrapStore: (store) => ({
        ...store,
        writeSpans(spans) {
          if (broken) throw new Error('disk full');
          return store.writeSpans(spans);
        },
      }),
    },
  );
  const client = clientOf(t, core);
  const body = traceBody(3);
  t.like(await client.call(TRACES, body, 5_000), { kind: 'error', code: RPC_CODE.unavailable });
  t.is(core.store.summarise({}).totals.spans.stored, 0);
  t.regex(lines.join('\n'), /the store failed, nothing was kept: disk full/);
  broken = false;
  t.is((await client.call(TRACES, body, 5_000)).kind, 'ok');
  t.is(core.store.summarise({}).totals.spans.stored, 3);
});

test('OTLP/gRPC: bytes that are no export are INVALID_ARGUMENT with the reason', async (t) => {
  const core = await startTestCore(t);
  const client = clientOf(t, core);
  for (const body of [Buffer.from('not protobuf'), traceBody(1).subarray(0, 40)]) {
    const reply = await client.call(TRACES, body, 5_000);
    t.like(reply, { kind: 'error', code: RPC_CODE.invalidArgument });
    t.regex(reply.kind === 'error' ? reply.message : '', /not a valid .*ExportTraceServiceRequest/);
  }
});

test('OTLP/gRPC: spans without valid ids are rejected alone, by partial_success', async (t) => {
  const core = await startTestCore(t);
  const [group] = traceRequest(2).resourceSpans ?? [];
  const [bad] = traceRequest(1, { traceId: new Uint8Array(16) }).resourceSpans ?? [];
  const body = codecs.traces.encode({ resourceSpans: [group, bad].filter((item) => item !== undefined) });
  const reply = await clientOf(t, core).call(TRACES, body, 5_000);
  t.is(reply.kind, 'ok');
  const response = codecs.responses.traces.decode(reply.kind === 'ok' ? reply.body : new Uint8Array());
  t.is(response.partialSuccess?.rejectedSpans, '1');
  t.regex(response.partialSuccess?.errorMessage ?? '', /trace_id must be 16/);
  t.is(core.store.summarise({}).totals.spans.stored, 2);
});

test('OTLP/gRPC: a full success has an empty response', async (t) => {
  const core = await startTestCore(t);
  const reply = await clientOf(t, core).call(TRACES, traceBody(1), 5_000);
  t.is(reply.kind === 'ok' ? reply.body.length : -1, 0);
});

test('OTLP/gRPC: a batch beyond the usual 4 MiB is taken, one beyond the limit is RESOURCE_EXHAUSTED', async (t) => {
  const core = await startTestCore(t);
  const client = clientOf(t, core);
  const large = traceBody(6, {
    attributes: [text('gen_ai.operation.name', 'chat'), text('p', 'x'.repeat(1_000_000))],
  });
  t.is((await client.call(TRACES, large, 10_000)).kind, 'ok');
  const huge = traceBody(1, { attributes: [text('p', 'x'.repeat(MAX_EXPORT_BYTES))] });
  t.like(await client.call(TRACES, huge, 10_000), { kind: 'error', code: RPC_CODE.resourceExhausted });
});

test('OTLP/gRPC: attribute values nested too deep are cut, not refused', async (t) => {
  const core = await startTestCore(t);
  let value: AnyValue = { stringValue: 'deep' };
  for (let depth = 0; depth < 40; depth += 1) value = { arrayValue: { values: [value] } };
  const traceId = Buffer.alloc(16, 1);
  const body = traceBody(1, { traceId, attributes: [{ key: 'a', value }] });
  t.is((await clientOf(t, core).call(TRACES, body, 5_000)).kind, 'ok');
  const [span] = core.store.listTrace(traceId.toString('hex'));
  t.regex(JSON.stringify(span?.attributes['a']), /nested too deep/);
});
