import type { Json } from '../../src/contract/request.js';

/** Attributes of a span, event, resource, metric point or log record, as JSON. Bytes become base64 text. */
export type Attributes = Readonly<Record<string, Json>>;

/** The process, container or host that telemetry came from. */
export interface ResourceRecord {
  /** `service.name`, or `unknown_service` when the sender gave none. */
  readonly service: string;
  readonly attributes: Attributes;
}

/** Role of a span in its trace. */
export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** How a span ended, by its status. */
export type SpanStatus = 'unset' | 'ok' | 'error';

/** Something that happened during a span. */
export interface SpanEvent {
  readonly name: string;
  /** Microseconds since 1970. */
  readonly timeUs: number;
  readonly attributes: Attributes;
}

/** A pointer from one span to another. */
export interface SpanLink {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** One finished span. */
export interface SpanRecord {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** Undefined for the root of a trace. */
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: SpanKind;
  /** Microseconds since 1970; JavaScript numbers hold them exactly, which nanoseconds they do not. */
  readonly startUs: number;
  /** Nanoseconds, at least 0. */
  readonly durationNs: number;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  /** Name of the instrumentation that made the span. */
  readonly scope: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly resource: ResourceRecord;
}

/** Type of a metric. */
export type MetricKind = 'gauge' | 'sum' | 'histogram' | 'exponential_histogram' | 'summary';

/** One data point of one metric. */
export interface MetricPointRecord {
  readonly name: string;
  readonly unit: string;
  readonly kind: MetricKind;
  /** Microseconds since 1970. */
  readonly timeUs: number;
  /** Microseconds since 1970 at which a cumulative series began; 0 when the sender gave none. */
  readonly startUs: number;
  readonly attributes: Attributes;
  /** The number of a gauge or sum; the sum of a histogram or summary; null when there is none. */
  readonly value: number | null;
  /** Everything else of the point: count, buckets, quantiles, temporality. */
  readonly detail: Attributes;
  readonly resource: ResourceRecord;
}

/** One log record. */
export interface LogRecord {
  /** Microseconds since 1970; the time of observation when the sender gave no other. */
  readonly timeUs: number;
  /** 1 to 24 by the OpenTelemetry scale; 0 when the sender gave none. */
  readonly severity: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly body: Json;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly scope: string;
  readonly attributes: Attributes;
  readonly resource: ResourceRecord;
}
