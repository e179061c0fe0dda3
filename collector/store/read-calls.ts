import type { Database, SqlRow, SqlValue } from './database.js';
import { instant, readNumber, readText } from './json.js';
import type { CallFilter, CallPage, CallPosition, CallRow, TimeRange } from './store.js';

/** A condition in SQL and the values of its marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Builds the query of one page of calls. */
export function createCallLister(
  database: Database,
): (filter: CallFilter, limit: number, after?: CallPosition) => CallPage {
  return (filter, limit, after) => {
    const where = all([...filterConditions(filter), ...afterCondition(after)]);
    const sql = `SELECT c.* FROM calls c WHERE ${where.sql}
      ORDER BY c.started_us DESC, c.trace_id DESC, c.span_id DESC LIMIT ?`;
    // One row more than asked for tells whether there is another page.
    const rows = database.prepare(sql).all(...where.values, limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { calls: page.map(callRow), next: last && position(last) };
  };
}

/** Builds the query of one call. */
export function createCallFinder(
  database: Database,
): (traceId: string, spanId: string) => CallRow | undefined {
  const select = database.prepare('SELECT * FROM calls WHERE trace_id = ? AND span_id = ?');
  return (traceId, spanId) => {
    const row = select.get(traceId, spanId);
    return row && callRow(row);
  };
}

/** Joins conditions by AND; none at all is always true. */
export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}

/** The bounds of a time range on `c.started_us`. */
export function rangeConditions({ sinceUs, untilUs }: TimeRange): readonly Condition[] {
  return [
    ...(sinceUs === undefined ? [] : [{ sql: 'c.started_us >= ?', values: [sinceUs] }]),
    ...(untilUs === undefined ? [] : [{ sql: 'c.started_us < ?', values: [untilUs] }]),
  ];
}

/** Columns compared exactly, by the filter's own names. */
const EXACT = [
  ['decision', 'c.decision = ?'],
  ['provider', 'c.provider = ?'],
  ['service', 'c.service = ?'],
  ['status', 'c.status = ?'],
  ['model', 'c.model_sent = ?1 OR c.model_asked = ?1'],
  [
    'pattern',
    'EXISTS (SELECT 1 FROM call_patterns p WHERE p.pattern_id = ? AND p.trace_id = c.trace_id AND p.span_id = c.span_id)',
  ],
] as const;

function filterConditions(filter: CallFilter): readonly Condition[] {
  const conditions = [...rangeConditions(filter)];
  for (const [key, sql] of EXACT) {
    const value = filter[key];
    if (value === undefined) continue;
    const marks = sql.split('?1').length - 1;
    conditions.push({ sql: sql.replaceAll('?1', '?'), values: Array<string>(marks || 1).fill(value) });
  }
  if (filter.search !== undefined) conditions.push(searchCondition(filter.search));
  return conditions;
}

const SEARCHED = [
  'model_asked',
  'model_sent',
  'error_type',
  'error_message',
  'pattern_id',
  'service',
  'trace_id',
];

function searchCondition(search: string): Condition {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return {
    sql: SEARCHED.map((column) => `c.${column} LIKE ? ESCAPE '\\'`).join(' OR '),
    values: SEARCHED.map(() => pattern),
  };
}

function afterCondition(after: CallPosition | undefined): readonly Condition[] {
  if (!after) return [];
  const values = [after.startedUs, after.traceId, after.spanId];
  return [{ sql: '(c.started_us, c.trace_id, c.span_id) < (?, ?, ?)', values }];
}

function position(row: SqlRow): CallPosition {
  return {
    startedUs: Number(row['started_us']),
    traceId: String(row['trace_id']),
    spanId: String(row['span_id']),
  };
}

function callRow(row: SqlRow): CallRow {
  return {
    traceId: String(row['trace_id']),
    spanId: String(row['span_id']),
    startedAt: instant(Number(row['started_us'])),
    durationMs: Number(row['duration_ns']) / 1_000_000,
    service: String(row['service']),
    provider: String(row['provider']),
    api: readText(row['api']),
    operation: String(row['operation']),
    modelAsked: readText(row['model_asked']),
    modelSent: readText(row['model_sent']),
    status: row['status'] === 'error' ? 'error' : 'ok',
    errorType: readText(row['error_type']),
    errorMessage: readText(row['error_message']),
    decision: readText(row['decision']),
    bypassReason: readText(row['bypass_reason']),
    patternId: readText(row['pattern_id']),
    patternVersion: readNumber(row['pattern_version']),
    confidence: readNumber(row['confidence']),
    inputTokens: readNumber(row['input_tokens']),
    outputTokens: readNumber(row['output_tokens']),
  };
}
