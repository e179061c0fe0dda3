import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'ava';
import { APPLICATION_ID, openDatabase } from '../../../collector/store/database.js';
import { migrate, SCHEMA_VERSION } from '../../../collector/store/schema.js';
import { createSqliteStore } from '../../../collector/store/sqlite-store.js';
import { ArcError } from '../../../src/contract/errors.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { callSpan } from '../fixtures.js';

test('openDatabase: makes the file with its folder and marks it as Arc’s', (t) => {
  const file = join(tempDir(t), 'deep', 'core.db');
  const database = openDatabase(file);
  database.exec('CREATE TABLE t (x)');
  database.close();
  t.is(readFileSync(file).readUInt32BE(68), APPLICATION_ID);
  const again = openDatabase(file);
  t.deepEqual({ ...again.prepare('SELECT count(*) AS n FROM t').get() }, { n: 0 });
  again.close();
});

test('openDatabase: an empty file becomes a database', (t) => {
  const file = join(tempDir(t, { 'core.db': '' }), 'core.db');
  openDatabase(file).close();
  t.is(readFileSync(file, 'latin1').slice(0, 15), 'SQLite format 3');
});

const refuses = test.macro({
  exec(t, make: (file: string) => void, reason: RegExp) {
    const file = join(tempDir(t), 'core.db');
    make(file);
    const before = readFileSync(file);
    const error = t.throws(() => openDatabase(file), { instanceOf: ArcError, code: 'ARC_STORE_CORRUPT' });
    t.regex(error?.message ?? '', reason);
    t.true(error?.message.includes(file));
    t.regex(error?.message ?? '', /has not changed the file.*--database \(ARC_CORE_DATABASE\)/s);
    t.deepEqual(readFileSync(file), before);
  },
  title: (name) => `openDatabase: ${name} is refused and stays byte-identical`,
});

test(
  'a text file',
  refuses,
  (file: string) => writeFileSync(file, 'notes\n'.repeat(200)),
  /not an SQLite database/,
);
test(
  'a file shorter than a header',
  refuses,
  (file: string) => writeFileSync(file, 'x'),
  /not an SQLite database/,
);
test('another program’s database', refuses, makeForeign, /another program/);
test('a damaged page', refuses, (file: string) => damage(file, 1), /it is damaged/);
test('a cut-off file', refuses, (file: string) => cut(file), /it is damaged/);

test('openDatabase: a folder in place of the file is refused with the reason', (t) => {
  const file = join(tempDir(t), 'core.db');
  mkdirSync(file);
  t.throws(() => openDatabase(file), { code: 'ARC_STORE_UNAVAILABLE', message: /cannot be opened/ });
});

test('openDatabase: a second Core on the same file is told so', (t) => {
  const file = join(tempDir(t), 'core.db');
  const first = openDatabase(file);
  migrate(first);
  t.throws(() => openDatabase(file), { code: 'ARC_STORE_UNAVAILABLE', message: /in use by another process/ });
  first.close();
  t.notThrows(() => openDatabase(file).close());
});

test('openDatabase: a transaction is all or nothing, and an inner one can fail alone', (t) => {
  const database = openDatabase(':memory:');
  database.exec('CREATE TABLE t (x)');
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  const fail = (value: number) => () => {
    insert.run(value);
    throw new Error('stop');
  };
  t.throws(() => database.transaction(fail(1)), { message: 'stop' });
  database.transaction(() => {
    insert.run(2);
    t.throws(() => database.transaction(fail(3)));
    database.transaction(() => insert.run(4));
  });
  const values = database
    .prepare('SELECT x FROM t ORDER BY x')
    .all()
    .map((row) => row['x']);
  t.deepEqual(values, [2, 4]);
  database.close();
});

test('migrate: a newer schema is refused and left as it is', (t) => {
  const file = join(tempDir(t), 'core.db');
  const database = openDatabase(file);
  migrate(database);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  t.throws(() => migrate(database), { code: 'ARC_STORE_UNAVAILABLE', message: /newer Arc/ });
  t.is(Number(database.prepare('PRAGMA user_version').get()?.['user_version']), SCHEMA_VERSION + 1);
  database.close();
});

test('migrate: running it again changes nothing', (t) => {
  const database = openDatabase(':memory:');
  createSqliteStore(database).writeSpans([callSpan()]);
  migrate(database);
  t.is(createSqliteStore(database).listCalls({}, 10).calls.length, 1);
  database.close();
});

function makeForeign(file: string): void {
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE notes (text); INSERT INTO notes VALUES (1)');
  other.close();
}

function makeFilled(file: string): void {
  const database = openDatabase(file);
  createSqliteStore(database).writeSpans(Array.from({ length: 200 }, () => callSpan()));
  database.close();
}

function damage(file: string, page: number): void {
  makeFilled(file);
  const bytes = readFileSync(file);
  bytes.fill(0x55, page * 4096, (page + 3) * 4096);
  writeFileSync(file, bytes);
}

function cut(file: string): void {
  makeFilled(file);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)));
}
