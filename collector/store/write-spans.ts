import { callFromSpan, type CallRecord } from './call-from-span.js';
import { createLessonWriter } from './lessons.js';
import type { Database, SqlValue } from './database.js';
import type { SpanRecord } from './records.js';
import type { ResourceTable } from './resources.js';
import type { WriteCount } from './store.js';

const SPAN_COLUMNS =
  'trace_id, span_id, parent_span_id, resource_id, name, kind, start_us, duration_ns, status, status_message, scope, ' +
  'attributes, events, links';

const CALL_COLUMNS =
  'trace_id, span_id, started_us, duration_ns, service, provider, api, operation, model_asked, model_sent, status, ' +
  'error_type, error_message, message_class, decision, bypass_reason, pattern_id, pattern_version, confidence, ' +
  'input_tokens, output_tokens';

/** Builds the writer of spans. It runs inside the caller's transaction. */
export function createSpanWriter(
  database: Database,
  resources: ResourceTable,
): (spans: readonly SpanRecord[]) => WriteCount {
  const insertSpan = database.prepare(insertInto('spans', SPAN_COLUMNS));
  const insertCall = database.prepare(insertInto('calls', CALL_COLUMNS));
  const insertPattern = database.prepare(
    insertInto('call_patterns', 'trace_id, span_id, pattern_id, version, decision'),
  );
  const writeCall = (span: SpanRecord, call: CallRecord): void => {
    insertCall.run(...callValues(span, call));
    for (const { id, version } of call.patterns) {
      insertPattern.run(span.traceId, span.spanId, id, version, call.decision ?? 'unknown');
    }
  };
  const writeLessons = createLessonWriter(database);
  return (spans) => {
    let stored = 0;
    for (const span of spans) {
      if (insertSpan.run(...spanValues(span, resources.idOf(span.resource))).changes === 0) continue;
      stored += 1;
      const call = callFromSpan(span);
      if (call) writeCall(span, call);
      writeLessons(span);
    }
    return { stored, duplicates: spans.length - stored };
  };
}

/** An insert that leaves a row alone whose key is there already. */
export function insertInto(table: string, columns: string): string {
  const marks = columns.split(',').map(() => '?');
  return `INSERT INTO ${table} (${columns}) VALUES (${marks.join(', ')}) ON CONFLICT DO NOTHING`;
}

function spanValues(span: SpanRecord, resourceId: number): SqlValue[] {
  return [
    span.traceId,
    span.spanId,
    span.parentSpanId ?? null,
    resourceId,
    span.name,
    span.kind,
    span.startUs,
    span.durationNs,
    span.status,
    span.statusMessage,
    span.scope,
    JSON.stringify(span.attributes),
    JSON.stringify(span.events),
    JSON.stringify(span.links),
  ];
}

function callValues(span: SpanRecord, call: CallRecord): SqlValue[] {
  return [
    span.traceId,
    span.spanId,
    span.startUs,
    span.durationNs,
    span.resource.service,
    call.provider,
    call.api,
    call.operation,
    call.modelAsked,
    call.modelSent,
    call.status,
    call.errorType,
    call.errorMessage,
    call.messageClass,
    call.decision,
    call.bypassReason,
    call.patternId,
    call.patternVersion,
    call.confidence,
    call.inputTokens,
    call.outputTokens,
  ];
}
