import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { assertArcDatabase, corrupt, openFailure } from './database-check.js';

/** A value SQLite stores: TEXT, INTEGER, REAL, BLOB or NULL. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** One result row, by column name. */
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement. Parameters are positional: one value for each `?`. */
export interface Statement {
  /** Runs it. @returns how many rows were inserted, updated or deleted, and the rowid of the last insert. */
  run(...values: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number };
  /** @returns the first row, or undefined when there is none. */
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  /** @returns every row. */
  all(...values: readonly SqlValue[]): SqlRow[];
}

/** An open SQLite database that this process alone uses. Calls are synchronous. */
export interface Database {
  /** The file's path as it was given, or `:memory:`. */
  readonly file: string;
  /** Runs statements that return no rows; several may be separated by `;`. */
  exec(sql: string): void;
  /** Compiles one statement; keep the result and use it again. */
  prepare(sql: string): Statement;
  /**
   * Runs `fn` as one transaction: committed when it returns, rolled back when it throws. Inside another transaction it
   * becomes a savepoint of that one.
   * @returns what `fn` returned.
   */
  transaction<T>(fn: () => T): T;
  /** Writes the log back into the file and closes it. Safe to call twice. */
  close(): void;
}

/** Marks a file as Arc's, in the `application_id` of its header: the letters `ARC1`. */
export const APPLICATION_ID = 0x41524331;

/** How long to wait for another process to let go of the file before giving up, in milliseconds. */
const BUSY_TIMEOUT_MS = 1_000;

/** The check at open reads the whole file; beyond this size, in bytes, it would delay the start by seconds. */
const QUICK_CHECK_MAX_BYTES = 268_435_456;

/**
 * Opens or creates a database file, with its folder, and takes it for this process alone.
 * @param file - a path, or `:memory:`.
 * @throws {ArcError} `ARC_STORE_CORRUPT` when the file is damaged or belongs to another program; it is left untouched.
 * @throws {ArcError} `ARC_STORE_UNAVAILABLE` when it cannot be opened or another process holds it.
 * @example
 * const database = openDatabase(':memory:');
 * database.prepare('SELECT 1 AS one').get() // { one: 1 }
 */
export function openDatabase(file: string): Database {
  try {
    if (file !== ':memory:') prepareFile(file);
    const handle = new DatabaseSync(file);
    try {
      configure(handle, file);
    } catch (error) {
      handle.close();
      throw error;
    }
    return wrap(handle, file);
  } catch (error) {
    throw openFailure(file, error);
  }
}

function prepareFile(file: string): void {
  assertArcDatabase(file, APPLICATION_ID);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size <= QUICK_CHECK_MAX_BYTES) assertHealthy(file);
}

/** Checks through a read-only handle: opening for writing would already replay the log into a damaged file. */
function assertHealthy(file: string): void {
  const handle = new DatabaseSync(file, { readOnly: true });
  try {
    handle.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const problem = handle.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (problem !== 'ok') throw corrupt(file, `it is damaged (${String(problem).replaceAll('\n', ' ')})`);
  } finally {
    handle.close();
  }
}

function configure(handle: DatabaseSync, file: string): void {
  // The id goes in before the write-ahead log is on, so that it stands in the file's own header.
  handle.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA application_id = ${APPLICATION_ID};`);
  if (file === ':memory:') return;
  // FULL: an acknowledged export survives a power cut. EXCLUSIVE: a second Core on the same file is refused.
  handle.exec(
    'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT;',
  );
}

function wrap(handle: DatabaseSync, file: string): Database {
  let depth = 0;
  return {
    file,
    exec: (sql) => handle.exec(sql),
    prepare: (sql) => wrapStatement(handle, sql),
    transaction(fn) {
      const [begin, commit, rollback] = depth === 0 ? OUTER : inner(depth);
      handle.exec(begin);
      depth += 1;
      try {
        const result = fn();
        handle.exec(commit);
        return result;
      } catch (error) {
        undo(handle, rollback);
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close() {
      if (handle.isOpen) handle.close();
    },
  };
}

/** SQLite itself ends the transaction on some errors, such as a full disk; undoing it again would hide that error. */
function undo(handle: DatabaseSync, rollback: string): void {
  try {
    handle.exec(rollback);
  } catch {
    // Nothing is left to undo.
  }
}

const OUTER = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'] as const;

function inner(depth: number): readonly [string, string, string] {
  return [`SAVEPOINT s${depth}`, `RELEASE s${depth}`, `ROLLBACK TO s${depth}; RELEASE s${depth}`];
}

function wrapStatement(handle: DatabaseSync, sql: string): Statement {
  const statement = handle.prepare(sql);
  return {
    run(...values) {
      const { changes, lastInsertRowid } = statement.run(...values);
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
    },
    get: (...values) => statement.get(...values),
    all: (...values) => statement.all(...values),
  };
}
