import type { Assignment } from './job.js';
import type { SetupName } from './launches.js';
import { bare, type Ready } from './ready.js';

/** Puts around the client what its name says. */
type Setup = (assignment: Assignment) => Ready | Promise<Ready>;

/** What stands around the client, by name. Loaded when asked for: the memory of one must not count for another. */
export const SETUPS: Readonly<Record<SetupName, Setup>> = {
  bare: toBare,
  'pass-through': passThrough,
  'otel-span': async (assignment) => (await import('./otel-span.js')).otelSpan(assignment),
  'otel-span-metrics': async (assignment) => (await import('./otel-span.js')).otelSpanAndMetrics(assignment),
  arc: async (assignment) => (await import('./arc-setup.js')).arc(assignment),
  'arc-no-metrics': async (assignment) =>
    (await import('./arc-setup.js')).arc(assignment, {}, { metered: false }),
  'arc-off': async (assignment) => (await import('./arc-setup.js')).arc(assignment, { mode: 'off' }),
  'arc-disabled': toBare,
  'arc-preloaded': async (assignment) => (await import('./arc-preloaded.js')).arcPreloaded(assignment),
  'arc-preloaded-no-metrics': async (assignment) =>
    (await import('./arc-preloaded.js')).arcPreloaded(assignment),
  'bare-openai-6': async (assignment) => (await import('./peer-setups.js')).bareOpenAi6(assignment),
  opentelemetry: async (assignment) => (await import('./peer-setups.js')).opentelemetry(assignment),
  traceloop: async (assignment) => (await import('./peer-setups.js')).traceloop(assignment),
  openinference: async (assignment) => (await import('./peer-setups.js')).openinference(assignment),
  langfuse: async (assignment) => (await import('./peer-setups.js')).langfuse(assignment),
  sentry: async (assignment) => (await import('./peer-setups.js')).sentry(assignment),
  datadog: async (assignment) => (await import('./peer-setups.js')).datadog(assignment),
  'datadog-llm': async (assignment) => (await import('./peer-setups.js')).datadog(assignment),
  portkey: async (assignment) => (await import('./gateway.js')).portkey(assignment),
};

function toBare({ modelUrl }: Assignment): Ready {
  return bare({ url: modelUrl });
}

/** The method as a patch sees it. */
interface Patched {
  create: (this: unknown, ...args: unknown[]) => unknown;
}

/** A patch that does nothing: what any instrumentation pays for standing there. */
function passThrough(assignment: Assignment): Ready {
  const ready = toBare(assignment);
  const { completions } = ready.model.client.chat;
  const owner = Object.getPrototypeOf(completions) as Patched; // the class's own prototype
  const { create } = owner;
  owner.create = function patched(...args) {
    return create.apply(this, args);
  };
  return ready;
}
