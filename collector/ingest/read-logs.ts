import type { LogRecord, ResourceRecord } from '../store/records.js';
import type { LogsRequest, OtlpLogRecord, Scope } from './otlp-messages.js';
import type { ReadResult } from './read-spans.js';
import {
  readAttributes,
  readId,
  readMicroseconds,
  readResource,
  readValue,
  SPAN_ID_BYTES,
  TRACE_ID_BYTES,
} from './read-values.js';

/** Reads an export of log records. None is rejected: every field of a record may be left out. */
export function readLogRecords(request: LogsRequest): ReadResult<LogRecord> {
  const records: LogRecord[] = [];
  for (const { resource, scopeLogs } of request.resourceLogs ?? []) {
    const origin = readResource(resource);
    for (const { scope, logRecords } of scopeLogs ?? []) {
      records.push(...(logRecords ?? []).map((record) => readLogRecord(record, scope, origin)));
    }
  }
  return { records, rejected: 0, reason: '' };
}

function readLogRecord(record: OtlpLogRecord, scope: Scope | undefined, resource: ResourceRecord): LogRecord {
  return {
    timeUs: readMicroseconds(record.timeUnixNano) || readMicroseconds(record.observedTimeUnixNano),
    severity: record.severityNumber ?? 0,
    severityText: record.severityText ?? '',
    eventName: record.eventName ?? '',
    body: readValue(record.body),
    traceId: readId(record.traceId, TRACE_ID_BYTES),
    spanId: readId(record.spanId, SPAN_ID_BYTES),
    scope: scope?.name ?? '',
    attributes: readAttributes(record.attributes),
    resource,
  };
}
