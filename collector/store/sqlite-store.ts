import type { Database } from './database.js';
import { listLessons } from './lessons.js';
import { createCallFinder, createCallLister } from './read-calls.js';
import { filterValues, listFailures, listPatterns, summarise } from './read-groups.js';
import { createLogReader, createTraceReader } from './read-trace.js';
import { createResourceTable } from './resources.js';
import { migrate } from './schema.js';
import type { Store, StoredSignal, WriteCount } from './store.js';
import { createLogWriter, createMetricWriter } from './write-signals.js';
import { createSpanWriter } from './write-spans.js';

/**
 * Builds the store on an open database, bringing its schema up to date. The database stays the caller's to close.
 * @throws {ArcError} `ARC_STORE_UNAVAILABLE` when a newer release has written the file.
 */
export function createSqliteStore(database: Database): Store {
  migrate(database);
  const resources = createResourceTable(database);
  const counted = createCountingWriter(database, () => resources.forget());
  return {
    writeSpans: counted('spans', createSpanWriter(database, resources)),
    writeMetricPoints: counted('metric_points', createMetricWriter(database, resources)),
    writeLogRecords: counted('log_records', createLogWriter(database, resources)),
    listCalls: createCallLister(database),
    findCall: createCallFinder(database),
    listTrace: createTraceReader(database),
    listLogs: createLogReader(database),
    listFailures: (range) => listFailures(database, range),
    listPatterns: (range) => listPatterns(database, range),
    listLessons: (range) => listLessons(database, range),
    summarise: (range) => summarise(database, range),
    filterValues: () => filterValues(database),
  };
}

type Writer<T> = (items: readonly T[]) => WriteCount;

/** Makes a writer one transaction that also keeps the totals, since counting rows of a large table is slow. */
function createCountingWriter(database: Database, onRollback: () => void) {
  const add = database.prepare(
    'INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value',
  );
  return <T>(signal: StoredSignal, write: Writer<T>): Writer<T> =>
    (items) => {
      if (items.length === 0) return { stored: 0, duplicates: 0 };
      try {
        return database.transaction(() => {
          const done = write(items);
          add.run(`${signal}.stored`, done.stored);
          add.run(`${signal}.duplicates`, done.duplicates);
          return done;
        });
      } catch (error) {
        onRollback();
        throw error;
      }
    };
}
