import type { LoggerProvider, MeterProvider, TracerProvider } from '@opentelemetry/api';
import { isRecord } from './adapters/shape.js';
import type { ArcInstrumentation } from './arc-instrumentation.js';
import { globalApi } from './otel-global.js';

/** Reports to the providers that are registered now, also to those Arc's own copy of the API does not show. */
export function joinRegistered(instrumentation: ArcInstrumentation): void {
  const api = globalApi();
  for (const signal of ['trace', 'metrics', 'logs'] as const)
    joinProvider(instrumentation, signal, api?.[signal]);
}

/**
 * Reports to one provider from now on, if it is one.
 * @param signal - its name in the API: `trace`, `metrics` or `logs`; what else is registered there is no provider.
 */
export function joinProvider(instrumentation: ArcInstrumentation, signal: string, provider: unknown): void {
  if (signal === 'trace' && isTracerProvider(provider)) instrumentation.setTracerProvider(provider);
  else if (signal === 'metrics' && isMeterProvider(provider)) instrumentation.setMeterProvider(provider);
  else if (signal === 'logs' && isLoggerProvider(provider)) instrumentation.setLoggerProvider(provider);
}

function isTracerProvider(value: unknown): value is TracerProvider {
  return isRecord(value) && typeof value['getTracer'] === 'function';
}

function isMeterProvider(value: unknown): value is MeterProvider {
  return isRecord(value) && typeof value['getMeter'] === 'function';
}

function isLoggerProvider(value: unknown): value is LoggerProvider {
  return isRecord(value) && typeof value['getLogger'] === 'function';
}
