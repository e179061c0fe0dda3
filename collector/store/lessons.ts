import type { PatternDefinition } from '../../src/contract/pattern.js';
import { ARC, EVENT_HEAL } from '../../src/contract/names.js';
import { checkLesson } from '../../src/fixes/learn/check-lesson.js';
import { listOf } from '../../src/patterns/own.js';
import type { Database, SqlRow } from './database.js';
import { instant, readJson, readNumber, readText } from './json.js';
import { all, rangeConditions } from './read-calls.js';
import type { SpanEvent, SpanRecord } from './records.js';
import type { Lesson, TimeRange } from './store.js';

/** Longest refusal kept, in UTF-16 units; the whole one stays on the span. */
const MAX_MESSAGE_LENGTH = 1_000;

/** Largest number of lessons of one reading. */
const MAX_LESSONS = 500;

/** Builds the writer of what spans say was learned. It runs inside the caller's transaction. */
export function createLessonWriter(database: Database): (span: SpanRecord) => void {
  const insert = database.prepare(
    `INSERT INTO lessons (pattern_id, trace_id, span_id, learned_us, service, status, message, pattern)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  return ({ traceId, spanId, resource, events }) => {
    for (const event of events) {
      const pattern = event.name === EVENT_HEAL ? patternOf(event) : undefined;
      if (pattern === undefined) continue;
      const { [ARC.healStatus]: status, [ARC.healMessage]: message } = event.attributes;
      insert.run(
        pattern.id,
        traceId,
        spanId,
        event.timeUs,
        resource.service,
        typeof status === 'number' ? status : null,
        typeof message === 'string' ? message.slice(0, MAX_MESSAGE_LENGTH) : null,
        JSON.stringify(pattern),
      );
    }
  };
}

/** The pattern of an event. Spans come from anywhere, and exporters cut long values: it is checked like any other. */
function patternOf({ attributes }: SpanEvent): PatternDefinition | undefined {
  const json = attributes[ARC.learnedPattern];
  if (typeof json !== 'string') return undefined;
  try {
    return checkLesson(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** Lists what was learned, the latest first. */
export function listLessons(database: Database, range: TimeRange): readonly Lesson[] {
  const where = all(rangeConditions(range));
  // With max(), SQLite takes the columns that are not aggregated from the row of the maximum: the latest.
  const sql = `SELECT c.pattern_id, c.pattern, c.status, c.message, c.trace_id, c.span_id, count(*) AS times,
      min(c.started_us) AS first_us, max(c.started_us) AS last_us, json_group_array(DISTINCT c.service) AS services,
      (SELECT count(*) FROM call_patterns p WHERE p.pattern_id = c.pattern_id AND p.decision = 'fix') AS repaired
    FROM (SELECT *, learned_us AS started_us FROM lessons) c WHERE ${where.sql}
    GROUP BY c.pattern_id ORDER BY last_us DESC LIMIT ${MAX_LESSONS}`;
  return database
    .prepare(sql)
    .all(...where.values)
    .map(lessonOf);
}

function lessonOf(row: SqlRow): Lesson {
  return {
    patternId: String(row['pattern_id']),
    // Checked when it was written.
    pattern: readJson(row['pattern']) as unknown as PatternDefinition,
    times: Number(row['times']),
    repaired: Number(row['repaired']),
    services: listOf(readJson(row['services'])).map(String),
    firstSeen: instant(Number(row['first_us'])),
    lastSeen: instant(Number(row['last_us'])),
    example: {
      traceId: String(row['trace_id']),
      spanId: String(row['span_id']),
      status: readNumber(row['status']),
      message: readText(row['message']),
    },
  };
}
