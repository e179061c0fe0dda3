import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { ArcInstrumentation, type ArcInstrumentationConfig } from '../../src/index.js';
import type { Assignment } from './job.js';
import { bare, type Ready } from './ready.js';
import { startTracing } from './tracing.js';

/** Arc as `arc/otel-register` sets it up: spans in batches, and metrics for as many readers as there are exporters. */
export function arc(assignment: Assignment, config: ArcInstrumentationConfig, metricReaders: number): Ready {
  const { flush, spans } = startTracing(assignment.sink);
  if (metricReaders > 0) {
    const readers = Array.from({ length: metricReaders }, createReader);
    metrics.setGlobalMeterProvider(new MeterProvider({ readers, views: [{ instrumentName: '*' }] }));
  }
  const instrumentation = new ArcInstrumentation({ controlUrl: 'none', ...config });
  instrumentation.setTracerProvider(trace.getTracerProvider());
  if (metricReaders > 0) instrumentation.setMeterProvider(metrics.getMeterProvider());
  return { ...bare({ url: assignment.modelUrl }), flush, spans };
}

function createReader(): PeriodicExportingMetricReader {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
}
