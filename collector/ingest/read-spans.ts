import type { ResourceRecord, SpanKind, SpanRecord } from '../store/records.js';
import type { OtlpSpan, Scope, TraceRequest } from './otlp-messages.js';
import {
  readAttributes,
  readId,
  readMicroseconds,
  readResource,
  SPAN_ID_BYTES,
  TRACE_ID_BYTES,
} from './read-values.js';

/** What could be read of an export. */
export interface ReadResult<T> {
  readonly records: readonly T[];
  /** Number of items that break the specification and were left out. */
  readonly rejected: number;
  /** Why, for the sender; empty when nothing was rejected. */
  readonly reason: string;
}

/** By the numbers of OTLP's `SpanKind`. */
const KINDS: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
/** By the numbers of OTLP's `StatusCode`. */
const STATUSES = ['unset', 'ok', 'error'] as const;

/** Reads an export of spans. A span without valid ids cannot be told from another and is rejected. */
export function readSpans(request: TraceRequest): ReadResult<SpanRecord> {
  const records: SpanRecord[] = [];
  let rejected = 0;
  for (const { resource, scopeSpans } of request.resourceSpans ?? []) {
    const origin = readResource(resource);
    for (const { scope, spans } of scopeSpans ?? []) {
      for (const span of spans ?? []) {
        const record = readSpan(span, scope, origin);
        if (record) records.push(record);
        else rejected += 1;
      }
    }
  }
  const reason = rejected > 0 ? 'trace_id must be 16 and span_id 8 bytes, not all zero' : '';
  return { records, rejected, reason };
}

function readSpan(
  span: OtlpSpan,
  scope: Scope | undefined,
  resource: ResourceRecord,
): SpanRecord | undefined {
  const traceId = readId(span.traceId, TRACE_ID_BYTES);
  const spanId = readId(span.spanId, SPAN_ID_BYTES);
  if (!traceId || !spanId) return undefined;
  return {
    traceId,
    spanId,
    parentSpanId: readId(span.parentSpanId, SPAN_ID_BYTES),
    name: span.name ?? '',
    kind: KINDS[span.kind ?? 0] ?? 'unspecified',
    startUs: readMicroseconds(span.startTimeUnixNano),
    durationNs: duration(span),
    status: STATUSES[span.status?.code ?? 0] ?? 'unset',
    statusMessage: span.status?.message ?? '',
    scope: scope?.name ?? '',
    attributes: readAttributes(span.attributes),
    events: readEvents(span),
    links: readLinks(span),
    resource,
  };
}

/** Clocks step back at times: such a span took no time, and one of months is cut to what a number holds. */
function duration({ startTimeUnixNano = '0', endTimeUnixNano = '0' }: OtlpSpan): number {
  const elapsed = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano));
  return Math.min(Math.max(elapsed, 0), Number.MAX_SAFE_INTEGER);
}

function readEvents({ events }: OtlpSpan): SpanRecord['events'] {
  return (events ?? []).map((event) => ({
    name: event.name ?? '',
    timeUs: readMicroseconds(event.timeUnixNano),
    attributes: readAttributes(event.attributes),
  }));
}

function readLinks({ links }: OtlpSpan): SpanRecord['links'] {
  return (links ?? []).flatMap((link) => {
    const traceId = readId(link.traceId, TRACE_ID_BYTES);
    const spanId = readId(link.spanId, SPAN_ID_BYTES);
    return traceId && spanId ? [{ traceId, spanId, attributes: readAttributes(link.attributes) }] : [];
  });
}
