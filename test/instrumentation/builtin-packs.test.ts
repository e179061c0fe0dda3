import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadBuiltinPacks } from '../../src/instrumentation/packs/builtin-packs.js';
import { createPackHolder } from '../../src/patterns/pack-holder.js';
import { hashPack } from '../../src/patterns/pack-hash.js';
import { parsePack } from '../../src/patterns/parse-pack.js';
import { REPO_ROOT } from '../helpers/repo-root.js';

test('loadBuiltinPacks: what the build wrote are the packs of packs/*.yaml, name, version and patterns', (t) => {
  const loaded = loadBuiltinPacks(createPackHolder());
  const folder = join(REPO_ROOT, 'packs');
  const written = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => parsePack(readFileSync(join(folder, file), 'utf8'), file));
  t.deepEqual(
    loaded.map(({ name, hash, patterns }) => ({ name, hash, patterns })),
    written.map((pack) => ({ name: pack.name, hash: hashPack(pack), patterns: pack.patterns.length })),
  );
});
