import { PackError } from '../../src/contract/errors.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { stampExpiry } from '../../src/patterns/deadline.js';
import { hashPack } from '../../src/patterns/pack-hash.js';
import { parsePack } from '../../src/patterns/parse-pack.js';
import { serializePack } from '../../src/patterns/serialize-pack.js';
import type { StoredPack } from './pack-store.js';

/** A pack as somebody hands it in. */
export interface PackUpload {
  /** YAML or JSON. */
  readonly source: string;
  /** Its file name, for messages and as the name of a pack that states none. */
  readonly file: string;
  /** Wins over the name the pack states. */
  readonly name?: string;
}

/** Names that the API's own paths take. */
const RESERVED_NAMES: readonly string[] = ['history'];

/**
 * Checks and compiles a pack the way a process will. A `ttl` runs from here, so its end is written into the pack.
 * @param find - the pack of that name which is on offer.
 * @throws {PackError} with every problem found.
 */
export function readUpload(
  upload: PackUpload,
  addedAt: string,
  find: (name: string) => StoredPack | undefined,
): StoredPack {
  const parsed = parsePack(upload.source, upload.file);
  const named = upload.name === undefined ? parsed : { ...parsed, name: upload.name };
  const present = find(named.name);
  const previous = present && parsePack(present.text, present.name);
  const pack = stampExpiry(named, previous, Date.parse(addedAt));
  if (RESERVED_NAMES.includes(pack.name)) throw reserved(pack.name, upload.file);
  for (const pattern of pack.patterns) compilePattern(pattern);
  const text = serializePack(pack);
  // What leaves here is the normal form: read it back, so that no process has to refuse it.
  parsePack(text, upload.file);
  const { name, version, patterns } = pack;
  return {
    name,
    version,
    hash: hashPack(pack),
    text,
    source: upload.source,
    patterns: patterns.length,
    addedAt,
  };
}

function reserved(name: string, file: string): PackError {
  const message = `the name "${name}" is taken by Arc Core itself; choose another`;
  return new PackError([{ position: { file, line: 1, column: 1 }, field: 'pack', message }]);
}
