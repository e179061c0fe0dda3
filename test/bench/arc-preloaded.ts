import { ProxyTracerProvider, trace } from '@opentelemetry/api';
import type { Assignment } from './job.js';
import { bare, type Ready } from './ready.js';

/** Arc was preloaded; what is waiting goes out through the provider it registered. */
export function arcPreloaded({ modelUrl }: Assignment): Ready {
  const registered = trace.getTracerProvider();
  const provider = registered instanceof ProxyTracerProvider ? registered.getDelegate() : registered;
  if (!canFlush(provider)) throw new Error('arc/otel-register has registered no tracer provider');
  return { ...bare({ url: modelUrl }), flush: () => provider.forceFlush() };
}

function canFlush(provider: object): provider is { forceFlush(): Promise<void> } {
  return 'forceFlush' in provider;
}
