import type { Attributes, Origin, ReceivedLog, ReceivedPoint, ReceivedSpan } from './otlp-receiver.js';

const SPAN_KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUS_CODES = ['UNSET', 'OK', 'ERROR'];

/** A decoded message; gRPC, protobuf and JSON requests differ in how they hold bytes, 64-bit integers and enums. */
type Message = Readonly<Record<string, unknown>>;

/** The spans of an `ExportTraceServiceRequest`. */
export function normaliseTrace(request: unknown): readonly ReceivedSpan[] {
  return flatten(request, ['resourceSpans', 'scopeSpans', 'spans'], (span, origin) => ({
    ...origin,
    name: text(span['name']),
    kind: enumName(span['kind'], SPAN_KINDS, 'SPAN_KIND_'),
    traceId: hex(span['traceId']),
    spanId: hex(span['spanId']),
    parentSpanId: hex(span['parentSpanId']),
    startTimeUnixNano: String(span['startTimeUnixNano']),
    endTimeUnixNano: String(span['endTimeUnixNano']),
    attributes: attributes(span['attributes']),
    events: list(span['events']).map((event) => ({
      name: text(event['name']),
      attributes: attributes(event['attributes']),
    })),
    status: enumName(message(span['status'])['code'], STATUS_CODES, 'STATUS_CODE_'),
    statusMessage: text(message(span['status'])['message']),
  }));
}

/** The data points of an `ExportMetricsServiceRequest`. */
export function normaliseMetrics(request: unknown): readonly ReceivedPoint[] {
  return flatten(request, ['resourceMetrics', 'scopeMetrics', 'metrics'], points).flat();
}

/** The records of an `ExportLogsServiceRequest`. */
export function normaliseLogs(request: unknown): readonly ReceivedLog[] {
  return flatten(request, ['resourceLogs', 'scopeLogs', 'logRecords'], (record, origin) => ({
    ...origin,
    eventName: text(record['eventName']),
    severity: Number(record['severityNumber'] ?? 0),
    body: anyValue(message(record['body'])),
    attributes: attributes(record['attributes']),
    traceId: hex(record['traceId']),
    spanId: hex(record['spanId']),
  }));
}

function points(metric: Message, origin: Origin): readonly ReceivedPoint[] {
  const base = { ...origin, metric: text(metric['name']), unit: text(metric['unit']) };
  return (['sum', 'gauge', 'histogram'] as const).flatMap((type) =>
    list(message(metric[type])['dataPoints']).map((point) => ({
      ...base,
      type,
      attributes: attributes(point['attributes']),
      value: Number(point['asDouble'] ?? point['asInt'] ?? point['sum'] ?? 0),
      ...(type === 'histogram' ? { count: Number(point['count']) } : {}),
    })),
  );
}

/** Walks resource → scope → item and hands each item over with where it came from. */
function flatten<T>(
  request: unknown,
  [resources, scopes, items]: readonly [string, string, string],
  convert: (item: Message, origin: Origin) => T,
): readonly T[] {
  return list(plain(request)[resources]).flatMap((group) => {
    const resource = attributes(message(group['resource'])['attributes']);
    return list(group[scopes]).flatMap((scoped) => {
      const origin = { resource, scope: text(message(scoped['scope'])['name']) };
      return list(scoped[items]).map((item) => convert(item, origin));
    });
  });
}

function attributes(value: unknown): Attributes {
  return Object.fromEntries(list(value).map((pair) => [text(pair['key']), anyValue(message(pair['value']))]));
}

function anyValue(value: Message): unknown {
  if (given(value['stringValue'])) return value['stringValue'];
  if (given(value['boolValue'])) return value['boolValue'];
  if (given(value['doubleValue'])) return Number(value['doubleValue']);
  if (given(value['intValue'])) return Number(value['intValue']);
  if (given(value['arrayValue'])) return list(message(value['arrayValue'])['values']).map(anyValue);
  if (given(value['kvlistValue'])) return attributes(message(value['kvlistValue'])['values']);
  return null;
}

function enumName(value: unknown, names: readonly string[], prefix: string): string {
  if (typeof value === 'string') return value.replace(prefix, '');
  return names[Number(value ?? 0)] ?? String(value);
}

function hex(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'string' ? value : '';
}

/** Requests over HTTP arrive as protobufjs messages, whose prototypes hold a default for every field. */
function plain(request: unknown): Message {
  const type = message(request).constructor as { toObject?: (source: unknown, options: object) => Message };
  return type.toObject ? type.toObject(request, { longs: String }) : message(request);
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function message(value: unknown): Message {
  return typeof value === 'object' && value !== null ? (value as Message) : {}; // decoded by the receiver's proto
}

function list(value: unknown): readonly Message[] {
  return Array.isArray(value) ? value.map(message) : [];
}
