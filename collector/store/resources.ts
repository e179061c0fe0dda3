import type { Database } from './database.js';
import { canonicalJson } from './json.js';
import type { ResourceRecord } from './records.js';

/** Number of resources whose row id is remembered; a fleet larger than this only costs more look-ups. */
const MAX_REMEMBERED = 1_000;

/** Gives each distinct resource one row. */
export interface ResourceTable {
  /** @returns the row id of the resource; call it inside the transaction that uses it. */
  idOf(resource: ResourceRecord): number;
  /** Drops what is remembered. To be called when a transaction was rolled back: its rows are gone. */
  forget(): void;
}

/** Builds the table's writer. */
export function createResourceTable(database: Database): ResourceTable {
  const insert = database.prepare('INSERT OR IGNORE INTO resources (attributes, service) VALUES (?, ?)');
  const select = database.prepare('SELECT id FROM resources WHERE attributes = ?');
  const ids = new Map<string, number>();
  return {
    idOf(resource) {
      const attributes = canonicalJson(resource.attributes);
      const known = ids.get(attributes);
      if (known !== undefined) return known;
      insert.run(attributes, resource.service);
      const id = Number(select.get(attributes)?.['id']);
      if (ids.size >= MAX_REMEMBERED) ids.clear();
      ids.set(attributes, id);
      return id;
    },
    forget: () => ids.clear(),
  };
}
