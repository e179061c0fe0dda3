import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createCountingExporter } from './counting-exporter.js';
import type { SinkAddress } from './span-sink.js';

/** The spans of a process, on their way to a sink or into nothing. */
export interface Tracing {
  readonly tracerProvider: TracerProvider;
  readonly flush: () => Promise<void>;
  /** Spans of model calls that were thrown away. */
  readonly spans: () => number;
}

/** A tracer provider with a batch processor, registered for the process. */
export function startTracing(sink: SinkAddress | undefined): Tracing {
  const counting = createCountingExporter();
  const exporter = sink ? new OTLPTraceExporter({ url: sink.grpcUrl }) : counting;
  const processor = new BatchSpanProcessor({ exporter });
  const tracerProvider = new TracerProvider({ spanProcessors: [processor] });
  trace.setGlobalTracerProvider(tracerProvider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return { tracerProvider, flush: () => processor.forceFlush(), spans: counting.count };
}
