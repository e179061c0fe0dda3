import { propagation, SpanKind } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { createRig, type Rig } from '../../helpers/rig.js';
import type { ArcInstrumentationConfig } from '../../../src/index.js';
import { waitUntil } from '../../helpers/wait-until.js';

/** A rig that also knows how many spans were started and not ended. */
export interface McpRig extends Rig {
  openSpans(): number;
  /** For spans of others than Arc. */
  readonly tracerProvider: TracerProvider;
}

/** A rig with the propagator that Arc and NodeSDK register. */
export async function createMcpRig(config?: ArcInstrumentationConfig): Promise<McpRig> {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const rig = await createRig(config);
  const exporter = new InMemorySpanExporter();
  let open = 0;
  const counting: SpanProcessor = {
    onStart: () => void (open += 1),
    onEnd: () => void (open -= 1),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const spanProcessors = [counting, new SimpleSpanProcessor({ exporter })];
  const tracerProvider = new TracerProvider({ spanProcessors });
  rig.arc.setTracerProvider(tracerProvider);
  const spans = (): readonly ReadableSpan[] => {
    const ended = [...exporter.getFinishedSpans()];
    exporter.reset();
    return ended;
  };
  return { ...rig, spans, tracerProvider, openSpans: () => open };
}

/** Spans of `initialize` and `notifications/initialized`, on both sides. */
export const HANDSHAKE = 4;

/** A span in short. */
export interface Brief {
  readonly name: string;
  readonly kind: 'client' | 'server';
  readonly error: unknown;
}

/** Name, side and `error.type` of spans, in the order they ended. */
export function brief(spans: readonly ReadableSpan[]): Brief[] {
  return spans.map(({ name, kind, attributes }) => ({
    name,
    kind: kind === SpanKind.CLIENT ? 'client' : 'server',
    error: attributes['error.type'],
  }));
}

/** Waits for a number of spans to end: a server's may end after its client has its answer. */
export async function spansOf(rig: Rig, count: number): Promise<readonly ReadableSpan[]> {
  const found: ReadableSpan[] = [];
  await waitUntil(`${count} spans`, () => {
    found.push(...rig.spans());
    return found.length >= count;
  });
  return found;
}

/** The span with a name and side. @throws {Error} when there is none. */
export function find(spans: readonly ReadableSpan[], name: string, side: Brief['kind']): ReadableSpan {
  const index = brief(spans).findIndex((span) => span.name === name && span.kind === side);
  const span = spans[index];
  if (!span) throw new Error(`no ${side} span ${name} among ${JSON.stringify(brief(spans))}`);
  return span;
}
