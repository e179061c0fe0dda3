import type { Database, SqlRow } from './database.js';
import { instant, readNumber, readText } from './json.js';
import { all, rangeConditions } from './read-calls.js';
import type { FailureGroup, FilterValues, PatternActivity, StoreSummary, TimeRange } from './store.js';

/** Largest number of groups of failures, and of values of one filter. */
const MAX_GROUPS = 200;

/** Groups the failed calls. */
export function listFailures(database: Database, range: TimeRange): readonly FailureGroup[] {
  const where = all([{ sql: "c.status = 'error'", values: [] }, ...rangeConditions(range)]);
  // With max(), SQLite takes the columns that are not aggregated from the row of the maximum: the latest failure.
  const sql = `SELECT c.provider, c.model_sent, c.error_type, c.message_class, count(*) AS count,
      min(c.started_us) AS first_us, max(c.started_us) AS last_us, c.trace_id, c.span_id, c.error_message
    FROM calls c WHERE ${where.sql}
    GROUP BY c.provider, c.model_sent, c.error_type, c.message_class
    ORDER BY count DESC, last_us DESC LIMIT ${MAX_GROUPS}`;
  return database
    .prepare(sql)
    .all(...where.values)
    .map(failureGroup);
}

/** Counts what each pattern did. */
export function listPatterns(database: Database, range: TimeRange): readonly PatternActivity[] {
  const where = all(rangeConditions(range));
  const sql = `SELECT p.pattern_id, p.decision, max(p.version) AS version, count(*) AS count,
      max(c.started_us) AS last_us, sum(p.decision = 'fix' AND c.status = 'error') AS errors
    FROM call_patterns p JOIN calls c ON c.trace_id = p.trace_id AND c.span_id = p.span_id
    WHERE ${where.sql} GROUP BY p.pattern_id, p.decision`;
  const groups = Map.groupBy(database.prepare(sql).all(...where.values), (row) => String(row['pattern_id']));
  return [...groups]
    .map(([id, rows]) => patternActivity(id, rows))
    .sort((left, right) => right.calls - left.calls || (left.patternId < right.patternId ? -1 : 1));
}

/** Counts calls and reads the counters of stored items. */
export function summarise(database: Database, range: TimeRange): StoreSummary {
  const where = all(rangeConditions(range));
  const sql = `SELECT c.decision, count(*) AS count, sum(c.status = 'error') AS errors
    FROM calls c WHERE ${where.sql} GROUP BY c.decision`;
  const rows = database.prepare(sql).all(...where.values);
  const counters = new Map(
    database
      .prepare('SELECT name, value FROM counters')
      .all()
      .map((row) => [String(row['name']), Number(row['value'])]),
  );
  const total = (signal: string) => ({
    stored: counters.get(`${signal}.stored`) ?? 0,
    duplicates: counters.get(`${signal}.duplicates`) ?? 0,
  });
  return {
    calls: sum(rows, 'count'),
    errors: sum(rows, 'errors'),
    decisions: Object.fromEntries(
      rows.map((row) => [readText(row['decision']) ?? 'none', Number(row['count'])]),
    ),
    totals: {
      spans: total('spans'),
      metric_points: total('metric_points'),
      log_records: total('log_records'),
    },
  };
}

/** Lists the values that occur in each filter. */
export function filterValues(database: Database): FilterValues {
  const distinct = (column: string, table: string): readonly string[] =>
    database
      .prepare(
        `SELECT DISTINCT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT ${MAX_GROUPS}`,
      )
      .all()
      .map((row) => String(row['value']));
  return {
    providers: distinct('provider', 'calls'),
    models: distinct('model_sent', 'calls'),
    services: distinct('service', 'calls'),
    patterns: distinct('pattern_id', 'call_patterns'),
  };
}

function failureGroup(row: SqlRow): FailureGroup {
  return {
    provider: String(row['provider']),
    model: readText(row['model_sent']),
    errorType: readText(row['error_type']),
    messageClass: readText(row['message_class']),
    count: Number(row['count']),
    firstSeen: instant(Number(row['first_us'])),
    lastSeen: instant(Number(row['last_us'])),
    example: {
      traceId: String(row['trace_id']),
      spanId: String(row['span_id']),
      message: readText(row['error_message']),
    },
  };
}

function patternActivity(patternId: string, rows: readonly SqlRow[]): PatternActivity {
  const versions = rows.map((row) => readNumber(row['version'])).filter((version) => version !== null);
  return {
    patternId,
    version: versions.length > 0 ? Math.max(...versions) : null,
    calls: sum(rows, 'count'),
    decisions: Object.fromEntries(rows.map((row) => [String(row['decision']), Number(row['count'])])),
    errorsAfterFix: sum(rows, 'errors'),
    lastSeen: instant(Math.max(...rows.map((row) => Number(row['last_us'])))),
  };
}

function sum(rows: readonly SqlRow[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
}
