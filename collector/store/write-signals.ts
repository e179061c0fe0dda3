import { createHash } from 'node:crypto';
import type { Database } from './database.js';
import { canonicalJson } from './json.js';
import type { LogRecord, MetricPointRecord } from './records.js';
import type { ResourceTable } from './resources.js';
import type { WriteCount } from './store.js';
import { insertInto } from './write-spans.js';

/** Builds the writer of metric points: a point is identified by resource, metric, attributes and time. */
export function createMetricWriter(
  database: Database,
  resources: ResourceTable,
): (points: readonly MetricPointRecord[]) => WriteCount {
  const insert = database.prepare(
    insertInto(
      'metric_points',
      'resource_id, name, attributes, time_us, start_us, unit, kind, value, detail',
    ),
  );
  const write = (point: MetricPointRecord): number =>
    insert.run(
      resources.idOf(point.resource),
      point.name,
      canonicalJson(point.attributes),
      point.timeUs,
      point.startUs,
      point.unit,
      point.kind,
      point.value,
      JSON.stringify(point.detail),
    ).changes;
  return (points) => count(points, write);
}

/**
 * Builds the writer of log records. OTLP gives a record no identity, so a digest of the whole record stands in: an
 * export that is sent again adds nothing, while equal records of one export are all kept.
 */
export function createLogWriter(
  database: Database,
  resources: ResourceTable,
): (records: readonly LogRecord[]) => WriteCount {
  const insert = database.prepare(
    insertInto(
      'log_records',
      'digest, resource_id, time_us, severity, severity_text, event_name, body, trace_id, span_id, scope, attributes',
    ),
  );
  return (records) => {
    const seen = new Map<string, number>();
    return count(records, (record) => {
      const text = JSON.stringify(record);
      const occurrence = seen.get(text) ?? 0;
      seen.set(text, occurrence + 1);
      return insert.run(
        createHash('sha256').update(`${occurrence} ${text}`).digest('hex'),
        resources.idOf(record.resource),
        record.timeUs,
        record.severity,
        record.severityText,
        record.eventName,
        JSON.stringify(record.body),
        record.traceId ?? null,
        record.spanId ?? null,
        record.scope,
        JSON.stringify(record.attributes),
      ).changes;
    });
  };
}

function count<T>(items: readonly T[], write: (item: T) => number): WriteCount {
  let stored = 0;
  for (const item of items) stored += write(item);
  return { stored, duplicates: items.length - stored };
}
