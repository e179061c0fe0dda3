import { metrics, trace } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import test from 'ava';
import { flush } from '../../src/wrap.js';

test.afterEach(() => {
  trace.disable();
  metrics.disable();
});

test.serial(
  'flush: sends what the providers of the application hold back, also where Arc does not run',
  async (t) => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
    trace.setGlobalTracerProvider(provider);
    trace.getTracer('application').startSpan('work').end();
    t.is(exporter.getFinishedSpans().length, 0);
    await flush();
    t.deepEqual(
      exporter.getFinishedSpans().map(({ name }) => name),
      ['work'],
    );
  },
);

test.serial(
  'flush: a provider that fails or never answers neither rejects nor holds the caller',
  async (t) => {
    const stuck = new MeterProvider();
    stuck.forceFlush = () => new Promise(() => undefined);
    metrics.setGlobalMeterProvider(stuck);
    const failing = new TracerProvider({ spanProcessors: [] });
    failing.forceFlush = () => {
      throw new Error('cannot be sent');
    };
    trace.setGlobalTracerProvider(failing);
    const begun = performance.now();
    await t.notThrowsAsync(flush(50));
    t.true(performance.now() - begun < 2_000);
  },
);

test.serial('flush: returns at once where nothing is registered', async (t) => {
  await t.notThrowsAsync(flush());
});
