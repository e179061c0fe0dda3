import type { Database, SqlRow } from './database.js';
import { readAttributes, readJson, readText } from './json.js';
import type { LogRecord, ResourceRecord, SpanEvent, SpanKind, SpanLink, SpanRecord } from './records.js';
import { MAX_TRACE_SPANS } from './store.js';

/** Largest number of log records of one span that are read at once. */
const MAX_SPAN_LOGS = 200;

/** Builds the query of a trace's spans. */
export function createTraceReader(database: Database): (traceId: string) => readonly SpanRecord[] {
  const select = database.prepare(
    `SELECT s.*, r.service, r.attributes AS resource FROM spans s JOIN resources r ON r.id = s.resource_id
     WHERE s.trace_id = ? ORDER BY s.start_us, s.span_id LIMIT ${MAX_TRACE_SPANS}`,
  );
  return (traceId) => select.all(traceId).map(spanRecord);
}

/** Builds the query of a span's log records. */
export function createLogReader(
  database: Database,
): (traceId: string, spanId: string) => readonly LogRecord[] {
  const select = database.prepare(
    `SELECT l.*, r.service, r.attributes AS resource FROM log_records l JOIN resources r ON r.id = l.resource_id
     WHERE l.trace_id = ? AND l.span_id = ? ORDER BY l.time_us LIMIT ${MAX_SPAN_LOGS}`,
  );
  return (traceId, spanId) => select.all(traceId, spanId).map(logRecord);
}

function spanRecord(row: SqlRow): SpanRecord {
  return {
    traceId: String(row['trace_id']),
    spanId: String(row['span_id']),
    parentSpanId: readText(row['parent_span_id']) ?? undefined,
    name: String(row['name']),
    kind: String(row['kind']) as SpanKind, // the store wrote it from a SpanKind
    startUs: Number(row['start_us']),
    durationNs: Number(row['duration_ns']),
    status: row['status'] === 'error' ? 'error' : row['status'] === 'ok' ? 'ok' : 'unset',
    statusMessage: String(row['status_message']),
    scope: String(row['scope']),
    attributes: readAttributes(row['attributes']),
    events: readJson(row['events']) as unknown as readonly SpanEvent[], // the store wrote it from SpanEvents
    links: readJson(row['links']) as unknown as readonly SpanLink[], // the store wrote it from SpanLinks
    resource: resourceRecord(row),
  };
}

function logRecord(row: SqlRow): LogRecord {
  return {
    timeUs: Number(row['time_us']),
    severity: Number(row['severity']),
    severityText: String(row['severity_text']),
    eventName: String(row['event_name']),
    body: readJson(row['body']),
    traceId: readText(row['trace_id']) ?? undefined,
    spanId: readText(row['span_id']) ?? undefined,
    scope: String(row['scope']),
    attributes: readAttributes(row['attributes']),
    resource: resourceRecord(row),
  };
}

function resourceRecord(row: SqlRow): ResourceRecord {
  return { service: String(row['service']), attributes: readAttributes(row['resource']) };
}
