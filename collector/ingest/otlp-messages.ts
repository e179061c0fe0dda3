/**
 * The messages of OTLP as the protobuf door decodes them: camel case, 64-bit integers as decimal text, bytes as
 * `Uint8Array`, fields that were not sent absent. Only what Arc Core stores is named.
 * @see https://github.com/open-telemetry/opentelemetry-proto
 */
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
  readonly bytesValue?: Uint8Array;
}

/** One attribute. */
export interface KeyValue {
  readonly key?: string;
  readonly value?: AnyValue;
}

/** Who sent it. */
export interface Resource {
  readonly attributes?: readonly KeyValue[];
}

/** Which instrumentation made it. */
export interface Scope {
  readonly name?: string;
  readonly version?: string;
}

/** A span event. */
export interface OtlpEvent {
  readonly timeUnixNano?: string;
  readonly name?: string;
  readonly attributes?: readonly KeyValue[];
}

/** A span link. */
export interface OtlpLink {
  readonly traceId?: Uint8Array;
  readonly spanId?: Uint8Array;
  readonly attributes?: readonly KeyValue[];
}

/** A span. `kind` and `status.code` are the numbers of their enums. */
export interface OtlpSpan {
  readonly traceId?: Uint8Array;
  readonly spanId?: Uint8Array;
  readonly parentSpanId?: Uint8Array;
  readonly name?: string;
  readonly kind?: number;
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly OtlpEvent[];
  readonly links?: readonly OtlpLink[];
  readonly status?: { readonly code?: number; readonly message?: string };
}

/** An export of spans. */
export interface TraceRequest {
  readonly resourceSpans?: readonly {
    readonly resource?: Resource;
    readonly scopeSpans?: readonly { readonly scope?: Scope; readonly spans?: readonly OtlpSpan[] }[];
  }[];
}

/** A data point of any type: each type fills its own fields. */
export interface OtlpPoint {
  readonly attributes?: readonly KeyValue[];
  readonly startTimeUnixNano?: string;
  readonly timeUnixNano?: string;
  readonly asDouble?: number;
  readonly asInt?: string;
  readonly count?: string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bucketCounts?: readonly string[];
  readonly explicitBounds?: readonly number[];
  readonly scale?: number;
  readonly zeroCount?: string;
  readonly positive?: OtlpBuckets;
  readonly negative?: OtlpBuckets;
  readonly quantileValues?: readonly { readonly quantile?: number; readonly value?: number }[];
}

/** Buckets of an exponential histogram. */
export interface OtlpBuckets {
  readonly offset?: number;
  readonly bucketCounts?: readonly string[];
}

/** The points of one metric, with what they have in common. */
export interface OtlpSeries {
  readonly dataPoints?: readonly OtlpPoint[];
  readonly aggregationTemporality?: number;
  readonly isMonotonic?: boolean;
}

/** A metric: one of the five fields of its type is set. */
export interface OtlpMetric {
  readonly name?: string;
  readonly unit?: string;
  readonly gauge?: OtlpSeries;
  readonly sum?: OtlpSeries;
  readonly histogram?: OtlpSeries;
  readonly exponentialHistogram?: OtlpSeries;
  readonly summary?: OtlpSeries;
}

/** An export of metrics. */
export interface MetricsRequest {
  readonly resourceMetrics?: readonly {
    readonly resource?: Resource;
    readonly scopeMetrics?: readonly { readonly scope?: Scope; readonly metrics?: readonly OtlpMetric[] }[];
  }[];
}

/** A log record. */
export interface OtlpLogRecord {
  readonly timeUnixNano?: string;
  readonly observedTimeUnixNano?: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly eventName?: string;
  readonly body?: AnyValue;
  readonly attributes?: readonly KeyValue[];
  readonly traceId?: Uint8Array;
  readonly spanId?: Uint8Array;
}

/** An export of log records. */
export interface LogsRequest {
  readonly resourceLogs?: readonly {
    readonly resource?: Resource;
    readonly scopeLogs?: readonly {
      readonly scope?: Scope;
      readonly logRecords?: readonly OtlpLogRecord[];
    }[];
  }[];
}

/** The answer to an export; the name of the count differs by signal. */
export interface ExportResponse {
  readonly partialSuccess?: {
    readonly rejectedSpans?: string;
    readonly rejectedDataPoints?: string;
    readonly rejectedLogRecords?: string;
    readonly errorMessage?: string;
  };
}
