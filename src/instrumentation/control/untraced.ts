import { context, createContextKey } from '@opentelemetry/api';

/**
 * The key `suppressTracing` of `@opentelemetry/core` sets. Context keys are registered symbols, so the same text is the
 * same key in whatever copy of the SDK the host application brought.
 */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Runs `fn` so that no instrumentation of the host makes spans of what Arc itself sends. */
export function untraced<T>(fn: () => T): T {
  return context.with(context.active().setValue(SUPPRESS_TRACING, true), fn);
}
