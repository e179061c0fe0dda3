import { ArcError } from '../../src/contract/errors.js';
import type { Database } from './database.js';

/**
 * The schema, one step per version; a step is never edited once released, only followed by another. `PRAGMA
 * user_version` counts the steps a file has had.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE resources (
    id INTEGER PRIMARY KEY,
    attributes TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL
  );
  CREATE TABLE spans (
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    parent_span_id TEXT,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    start_us INTEGER NOT NULL,
    duration_ns INTEGER NOT NULL,
    status TEXT NOT NULL,
    status_message TEXT NOT NULL,
    scope TEXT NOT NULL,
    attributes TEXT NOT NULL,
    events TEXT NOT NULL,
    links TEXT NOT NULL,
    PRIMARY KEY (trace_id, span_id)
  );
  CREATE TABLE calls (
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    duration_ns INTEGER NOT NULL,
    service TEXT NOT NULL,
    provider TEXT NOT NULL,
    api TEXT,
    operation TEXT NOT NULL,
    model_asked TEXT,
    model_sent TEXT,
    status TEXT NOT NULL,
    error_type TEXT,
    error_message TEXT,
    message_class TEXT,
    decision TEXT,
    bypass_reason TEXT,
    pattern_id TEXT,
    pattern_version INTEGER,
    confidence REAL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    PRIMARY KEY (trace_id, span_id)
  );
  CREATE INDEX calls_by_time ON calls (started_us, trace_id, span_id);
  CREATE INDEX calls_by_decision ON calls (decision, started_us);
  CREATE INDEX calls_by_model ON calls (model_sent, started_us);
  CREATE INDEX calls_failed ON calls (started_us) WHERE status = 'error';
  CREATE TABLE call_patterns (
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    pattern_id TEXT NOT NULL,
    version INTEGER,
    decision TEXT NOT NULL,
    PRIMARY KEY (pattern_id, trace_id, span_id)
  ) WITHOUT ROWID;
  CREATE TABLE metric_points (
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    name TEXT NOT NULL,
    attributes TEXT NOT NULL,
    time_us INTEGER NOT NULL,
    start_us INTEGER NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    value REAL,
    detail TEXT NOT NULL,
    PRIMARY KEY (resource_id, name, attributes, time_us)
  );
  CREATE TABLE log_records (
    digest TEXT NOT NULL PRIMARY KEY,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    time_us INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    severity_text TEXT NOT NULL,
    event_name TEXT NOT NULL,
    body TEXT NOT NULL,
    trace_id TEXT,
    span_id TEXT,
    scope TEXT NOT NULL,
    attributes TEXT NOT NULL
  );
  CREATE INDEX log_records_by_trace ON log_records (trace_id, time_us) WHERE trace_id IS NOT NULL;
  CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  `,
  `
  CREATE TABLE lessons (
    pattern_id TEXT NOT NULL,
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    learned_us INTEGER NOT NULL,
    service TEXT NOT NULL,
    status INTEGER,
    message TEXT,
    pattern TEXT NOT NULL,
    PRIMARY KEY (pattern_id, trace_id, span_id)
  ) WITHOUT ROWID;
  `,
];

/** The schema version this release writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a database to {@link SCHEMA_VERSION}, each step in its own transaction.
 * @throws {ArcError} `ARC_STORE_UNAVAILABLE` when a newer release has written the file; it is left as it is.
 */
export function migrate(database: Database): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > SCHEMA_VERSION) {
    throw new ArcError(
      'ARC_STORE_UNAVAILABLE',
      `database: ${database.file} has schema version ${version}, and this release knows only up to ` +
        `${SCHEMA_VERSION}. Run the newer Arc that wrote it, or name another file with --database (ARC_CORE_DATABASE).`,
    );
  }
  for (const [step, sql] of MIGRATIONS.entries()) {
    if (step < version) continue;
    database.transaction(() => database.exec(`${sql}; PRAGMA user_version = ${step + 1};`));
  }
}
