import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { ArcError } from '../../src/contract/errors.js';

/** The part of an SQLite error that tells what happened. */
interface SqliteError extends Error {
  /** SQLite's extended result code; the low byte is the primary one. */
  readonly errcode: number;
}

/** Primary result codes. @see https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The database header: 100 bytes, the application id a big-endian integer. @see https://www.sqlite.org/fileformat2.html */
const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const APPLICATION_ID_OFFSET = 68;

/**
 * Looks at the header of an existing file without opening it as a database, so that a foreign one stays as it is.
 * A file that is absent or empty is fine: it becomes a new database.
 * @throws {ArcError} `ARC_STORE_CORRUPT` when it is no SQLite file or another program's.
 */
export function assertArcDatabase(file: string, applicationId: number): void {
  if (!existsSync(file) || !statSync(file).isFile() || statSync(file).size === 0) return;
  const header = readHeader(file);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw corrupt(file, 'it is not an SQLite database');
  }
  if (header.readUInt32BE(APPLICATION_ID_OFFSET) !== applicationId) {
    throw corrupt(file, 'it is an SQLite database of another program');
  }
}

/** Builds the error for a file that must not be used; says that nothing was written and what to do. */
export function corrupt(file: string, reason: string, cause?: unknown): ArcError {
  return new ArcError(
    'ARC_STORE_CORRUPT',
    `database ${file}: ${reason}. Arc Core has not changed the file. Restore it from a backup, move it away so that ` +
      'a new one is created, or name another with --database (ARC_CORE_DATABASE).',
    { cause },
  );
}

/** Turns whatever opening a database threw into an {@link ArcError} that says which file and what to do. */
export function openFailure(file: string, error: unknown): ArcError {
  if (error instanceof ArcError) return error;
  const code = isSqliteError(error) ? error.errcode & 0xff : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB)
    return corrupt(file, `it is damaged (${message})`, error);
  if (code === SQLITE_BUSY || code === SQLITE_LOCKED) return unusable(file, IN_USE, error);
  return unusable(
    file,
    `cannot be opened (${message}). Check that the folder exists and may be written to`,
    error,
  );
}

const IN_USE = 'is in use by another process, most likely another Arc Core. Stop that one';

function unusable(file: string, reason: string, cause: unknown): ArcError {
  return new ArcError(
    'ARC_STORE_UNAVAILABLE',
    `database: ${file} ${reason}, or name another file with --database (ARC_CORE_DATABASE).`,
    { cause },
  );
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

function readHeader(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.subarray(0, readSync(handle, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}
