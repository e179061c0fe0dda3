import { trace } from '@opentelemetry/api';
import { ArcInstrumentation, type ArcInstrumentationConfig } from '../../src/index.js';
import type { Assignment } from './job.js';
import { startMetering } from './metering.js';
import { bare, type Ready } from './ready.js';
import { startTracing } from './tracing.js';

/** Arc as `arc/otel-register` sets it up: spans in batches, and metrics unless they are switched off. */
export function arc(
  assignment: Assignment,
  config: ArcInstrumentationConfig = {},
  { metered = true } = {},
): Ready {
  const { flush, spans } = startTracing(assignment.sink);
  const meterProvider = metered ? startMetering() : undefined;
  const instrumentation = new ArcInstrumentation({ controlUrl: 'none', ...config });
  instrumentation.setTracerProvider(trace.getTracerProvider());
  if (meterProvider) instrumentation.setMeterProvider(meterProvider);
  return { ...bare({ url: assignment.modelUrl }), flush, spans };
}
