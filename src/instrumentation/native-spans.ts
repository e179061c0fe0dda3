import { context, trace, type Span, type Tracer } from '@opentelemetry/api';
import { activeContext } from './otel-global.js';
import type { NativeSpans, SdkTarget } from './adapters/adapter.js';
import { isRecord } from './adapters/shape.js';
import { isInsideCall } from './call-context.js';
import type { Engine } from './engine.js';

/** Stands for the span of a call the SDK traces itself: it records nothing and is nobody's parent. */
export const NO_SPAN: Span = trace.wrapSpanContext({
  traceId: '0'.repeat(32),
  spanId: '0'.repeat(16),
  traceFlags: 0,
});

/**
 * Watches where an SDK keeps the tracer of its clients, so that a call Arc has a span for gets none from the SDK. What
 * else the SDK and the application trace is not touched.
 * @param clientClass - the class of the SDK's clients; subclasses of its base class are covered too.
 */
export function muteClass(engine: Engine, native: NativeSpans, clientClass: unknown): void {
  if (typeof clientClass !== 'function' || !isRecord(clientClass.prototype)) return;
  const base: unknown = Object.getPrototypeOf(clientClass.prototype);
  const owner = base === Object.prototype ? clientClass.prototype : base;
  // The SDK's constructor assigns; where it would define a property, this is never called and nothing is muted.
  Object.defineProperty(owner, native.tracer, {
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set(this: object, tracer: unknown) {
      const value = isTracer(tracer) ? muted(engine, native, tracer) : tracer;
      Object.defineProperty(this, native.tracer, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    },
  });
}

/** The same for one client that exists already. */
export function muteClient(engine: Engine, native: NativeSpans, client: unknown): void {
  if (!isRecord(client)) return;
  const tracer = client[native.tracer];
  if (isTracer(tracer)) Reflect.set(client, native.tracer, muted(engine, native, tracer));
}

/** True inside a call whose span is Arc's, so that none of the SDK's is wanted. */
export function isMuted({ active, options }: Engine): boolean {
  return active && options.nativeTelemetry === 'arc' && isInsideCall(activeContext());
}

/** True when the SDK traces the call and the application wants that span and not Arc's. */
export function isTracedBySdk({ options }: Engine, target: SdkTarget, resource: unknown): boolean {
  const { native } = target;
  if (options.nativeTelemetry === 'arc') return false;
  if (!native) return target.tracesItself?.(resource) === true;
  const client = isRecord(resource) ? resource['_client'] : undefined;
  return isRecord(client) && isTracer(client[native.tracer]);
}

/**
 * A tracer that starts no span of the muted names. It hands out the active span's context, Arc's as a rule, so that
 * what the SDK propagates to the provider names the span that is recorded.
 */
function muted(engine: Engine, { spans }: NativeSpans, tracer: Tracer): Tracer {
  const startSpan: Tracer['startSpan'] = (name, options, parent) => {
    const mute = engine.active && engine.options.nativeTelemetry === 'arc' && spans.includes(name);
    if (!mute) return tracer.startSpan(name, options, parent);
    const active = trace.getSpanContext(parent ?? context.active());
    return active ? trace.wrapSpanContext(active) : NO_SPAN;
  };
  // Made from the tracer, so that whatever else it has stays there.
  return Object.create(tracer, { startSpan: { value: startSpan } }) as Tracer;
}

function isTracer(value: unknown): value is Tracer {
  return isRecord(value) && typeof value['startSpan'] === 'function';
}
