import type { Database, SqlRow } from '../store/database.js';

/** A pack that Core hands to every process. */
export interface StoredPack {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of `text`, lower-case hexadecimal: the pack's identity. */
  readonly hash: string;
  /** The normal form, which is what processes download. */
  readonly text: string;
  /** The text as its author wrote it, comments included. */
  readonly source: string;
  /** Number of patterns. */
  readonly patterns: number;
  /** RFC 3339. */
  readonly addedAt: string;
}

/** One change of the set of packs. */
export interface PackChange {
  readonly at: string;
  readonly action: 'added' | 'replaced' | 'removed';
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  /** The hash before, when the pack was replaced. */
  readonly previousHash?: string;
}

/** The packs of Core, durable. */
export interface PackStore {
  /** By name. */
  list(): readonly StoredPack[];
  get(name: string): StoredPack | undefined;
  /** Adds or replaces. @returns what changed, or undefined when the very same pack was there already. */
  put(pack: StoredPack): PackChange | undefined;
  /** @returns the change, or undefined when there is no such pack. */
  remove(name: string, at: string): PackChange | undefined;
  /** The normal form of a pack that is or recently was on offer. */
  content(name: string, hash: string): string | undefined;
  /** The normal form of the last other version of a pack that was on offer, also of one that was removed. */
  previous(name: string): string | undefined;
  /** Newest first. */
  history(limit: number): readonly PackChange[];
}

/**
 * Changes that are kept. A process that was offered a pack just before it was replaced can still download it, and an
 * on-call engineer sees what changed.
 */
const HISTORY_ROWS = 500;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS packs (
    name TEXT PRIMARY KEY, version TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL,
    patterns INTEGER NOT NULL, added_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS pack_history (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
    hash TEXT NOT NULL, previous_hash TEXT, text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS pack_history_content ON pack_history (name, hash);
`;

/** Opens the pack tables in Core's database, creating them when they are missing. */
export function createPackStore(database: Database): PackStore {
  database.exec(SCHEMA);
  const sql = statements(database);
  const get = (name: string): StoredPack | undefined => toPack(sql.get.get(name));
  const record = (change: PackChange, text: string): PackChange => {
    const { at, action, name, version, hash, previousHash } = change;
    sql.log.run(at, action, name, version, hash, previousHash ?? null, text);
    sql.trim.run(HISTORY_ROWS);
    return change;
  };
  return {
    list: () => sql.list.all().map(readPack),
    get,
    put: (pack) => database.transaction(() => put(pack)),
    remove: (name, at) => database.transaction(() => remove(name, at)),
    content: (name, hash) => optionalText(sql.content.get(name, hash)?.['text']),
    previous: (name) => optionalText(sql.previous.get(name, get(name)?.hash ?? '')?.['text']),
    history: (limit) => sql.history.all(limit).map(readChange),
  };

  function put(pack: StoredPack): PackChange | undefined {
    const before = get(pack.name);
    const { name, version, hash, text, source, patterns, addedAt } = pack;
    sql.put.run(name, version, hash, text, source, patterns, addedAt);
    if (before?.hash === hash) return undefined;
    const change = { at: addedAt, name, version, hash } as const;
    if (!before) return record({ ...change, action: 'added' }, text);
    return record({ ...change, action: 'replaced', previousHash: before.hash }, text);
  }

  function remove(name: string, at: string): PackChange | undefined {
    const before = get(name);
    if (!before) return undefined;
    sql.remove.run(name);
    return record({ at, action: 'removed', name, version: before.version, hash: before.hash }, before.text);
  }
}

function statements(database: Database) {
  return {
    list: database.prepare('SELECT * FROM packs ORDER BY name'),
    get: database.prepare('SELECT * FROM packs WHERE name = ?'),
    put: database.prepare('INSERT OR REPLACE INTO packs VALUES (?, ?, ?, ?, ?, ?, ?)'),
    remove: database.prepare('DELETE FROM packs WHERE name = ?'),
    log: database.prepare(
      'INSERT INTO pack_history (at, action, name, version, hash, previous_hash, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    trim: database.prepare('DELETE FROM pack_history WHERE id <= (SELECT max(id) FROM pack_history) - ?'),
    content: database.prepare(
      `SELECT text FROM packs WHERE name = ?1 AND hash = ?2
       UNION ALL SELECT text FROM pack_history WHERE name = ?1 AND hash = ?2 LIMIT 1`,
    ),
    previous: database.prepare(
      'SELECT text FROM pack_history WHERE name = ? AND hash <> ? ORDER BY id DESC LIMIT 1',
    ),
    history: database.prepare('SELECT * FROM pack_history ORDER BY id DESC LIMIT ?'),
  };
}

function toPack(row: SqlRow | undefined): StoredPack | undefined {
  return row && readPack(row);
}

function readPack(row: SqlRow): StoredPack {
  return {
    name: String(row['name']),
    version: String(row['version']),
    hash: String(row['hash']),
    text: String(row['text']),
    source: String(row['source']),
    patterns: Number(row['patterns']),
    addedAt: String(row['added_at']),
  };
}

function readChange(row: SqlRow): PackChange {
  const previousHash = optionalText(row['previous_hash']);
  return {
    at: String(row['at']),
    action: readAction(row['action']),
    name: String(row['name']),
    version: String(row['version']),
    hash: String(row['hash']),
    ...(previousHash === undefined ? {} : { previousHash }),
  };
}

function readAction(value: unknown): PackChange['action'] {
  return value === 'replaced' || value === 'removed' ? value : 'added';
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
