import { appendFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { PackError } from '../../../src/contract/errors.js';
import type { PackInfo } from '../../../src/contract/pattern.js';
import { imageBytes } from '../../../src/instrumentation/packs/image-file.js';
import { loadPackFile } from '../../../src/instrumentation/packs/pack-file.js';
import { loadInWorker } from '../../../src/instrumentation/packs/pack-loader.js';
import { watchPackFile } from '../../../src/instrumentation/packs/pack-watcher.js';
import type { LoadProgress } from '../../../src/instrumentation/packs/read-source.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { hashPack } from '../../../src/patterns/pack-hash.js';
import { createPackHolder, type PackHolder } from '../../../src/patterns/pack-holder.js';
import { makePatterns, requestFor } from '../../bench/million.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { waitUntil } from '../../helpers/wait-until.js';

const PATTERNS = [...makePatterns(3_000)];
const PACK = { name: 'fleet', version: '1', patterns: PATTERNS };
const LINES = [{ pack: 'fleet', version: '1' }, ...PATTERNS].map((line) => JSON.stringify(line)).join('\n');

function compiled(patterns = PATTERNS): Uint8Array {
  const hash = hashPack({ ...PACK, patterns });
  return Uint8Array.from(imageBytes(buildImage(patterns, { name: 'fleet', version: '1', hash })));
}

/** Loads a large file and waits for it. */
function load(holder: PackHolder, file: string): Promise<PackInfo> {
  return new Promise((resolve, reject) => {
    const pack = loadPackFile(holder, file, { changed: resolve, failed: reject });
    if (pack) reject(new Error('was loaded on the spot'));
  });
}

function fits(t: ExecutionContext, holder: PackHolder, number: number): void {
  const pattern = PATTERNS[number];
  if (!pattern) throw new Error('no such pattern');
  const found = holder.matcher().match(createFacts(requestFor(pattern)), 0);
  t.true(
    found.some(({ definition }) => definition.id === pattern.id),
    pattern.id,
  );
}

test('load: a compiled file, JSON Lines and JSON of the same pack are the same pack', async (t) => {
  const folder = tempDir(t, {
    'fleet.jsonl': LINES,
    'fleet.json': JSON.stringify({ pack: 'fleet', version: '1', patterns: PATTERNS }),
  });
  writeFileSync(join(folder, 'fleet.arcpack'), compiled());
  for (const name of ['fleet.arcpack', 'fleet.jsonl', 'fleet.json']) {
    const holder = createPackHolder();
    const info = await load(holder, join(folder, name));
    t.deepEqual(
      info,
      { name: 'fleet', version: '1', hash: hashPack(PACK), patterns: 3_000, origin: 'file' },
      name,
    );
    for (const number of [0, 1, 2, 3, 1_500, 2_999]) fits(t, holder, number);
  }
});

test('load: a small compiled file is there at once', (t) => {
  const folder = tempDir(t);
  writeFileSync(join(folder, 'fleet.arcpack'), compiled(PATTERNS.slice(0, 10)));
  t.like(loadPackFile(createPackHolder(), join(folder, 'fleet.arcpack')), { name: 'fleet', patterns: 10 });
});

test('load: calls go on with the generation they have until the new one is there', async (t) => {
  const folder = tempDir(t);
  writeFileSync(join(folder, 'fleet.arcpack'), compiled());
  const holder = createPackHolder();
  const before = holder.matcher();
  const loading = load(holder, join(folder, 'fleet.arcpack'));
  t.is(holder.matcher(), before);
  await loading;
  t.is(before.size, 0);
  t.is(holder.matcher().size, 3_000);
});

test('load: a damaged compiled file is refused, naming the section, and the pack that runs stays', async (t) => {
  const folder = tempDir(t);
  const file = join(folder, 'fleet.arcpack');
  writeFileSync(file, compiled());
  const holder = createPackHolder();
  await load(holder, file);
  const bytes = compiled();
  bytes[bytes.length - 500] = (bytes[bytes.length - 500] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  await t.throwsAsync(load(holder, file), {
    code: 'ARC_PACK_INVALID',
    message: /section "\w+.*": its checksum is wrong/,
  });
  t.is(holder.matcher().size, 3_000);
  fits(t, holder, 7);
});

test('load: what is wrong with a large text comes with file, line and field', async (t) => {
  const folder = tempDir(t, { 'fleet.jsonl': `${LINES}\n{"id":"x","match":{"modle":"a"},"fix":{"n":1}}` });
  const error = await t.throwsAsync(load(createPackHolder(), join(folder, 'fleet.jsonl')), {
    instanceOf: PackError,
  });
  t.regex(error.message, /fleet\.jsonl:3002:1 match\.modle: unknown field "modle"/);
});

test('load: two patterns of one id in JSON Lines are refused', async (t) => {
  const folder = tempDir(t, { 'fleet.jsonl': `${LINES}\n${JSON.stringify(PATTERNS[5])}` });
  await t.throwsAsync(load(createPackHolder(), join(folder, 'fleet.jsonl')), {
    code: 'ARC_PACK_INVALID',
    message: /pattern 3001 has the id of pattern 6/,
  });
});

test('load: a change is put on its pack, also when that is still being loaded; for another version it is refused', async (t) => {
  const delta = {
    pack: 'fleet',
    base: hashPack(PACK),
    version: '2',
    add: [{ ...PATTERNS[0], id: 'new.one' }],
    remove: [PATTERNS[1]?.id],
  };
  const folder = tempDir(t, {
    'change.json': JSON.stringify(delta),
    'wrong.json': JSON.stringify({ ...delta, base: 'f'.repeat(64) }),
  });
  writeFileSync(join(folder, 'fleet.arcpack'), compiled());
  const holder = createPackHolder();
  const base = load(holder, join(folder, 'fleet.arcpack'));
  const info = await load(holder, join(folder, 'change.json'));
  t.is((await base).version, '1');
  t.like(info, { name: 'fleet', version: '2', patterns: 3_000 });
  t.is(holder.find(PATTERNS[1]?.id ?? ''), undefined);
  t.truthy(holder.find('new.one'));
  t.throws(() => loadPackFile(holder, join(folder, 'wrong.json')), {
    code: 'ARC_PACK_INVALID',
    message: new RegExp(`it changes f{64}, and the pack here is ${info.hash}`),
  });
});

test('load: of one file only the last load counts, and a cancelled one leaves no trace', async (t) => {
  const folder = tempDir(t);
  const file = join(folder, 'fleet.arcpack');
  writeFileSync(file, compiled());
  const holder = createPackHolder();
  loadPackFile(holder, file, {
    changed: () => t.fail('the first load counted'),
    failed: (error) => t.fail(String(error)),
  });
  await load(holder, file);
  t.is(holder.generation(), 1);
});

test('worker: tells how far it is, and is silent once it is cancelled', async (t) => {
  const folder = tempDir(t);
  const file = join(folder, 'fleet.arcpack');
  writeFileSync(file, compiled());
  const seen: LoadProgress[] = [];
  await new Promise<void>((resolve, reject) => {
    loadInWorker(
      { kind: 'file', path: file },
      { loaded: () => resolve(), failed: reject, progress: (at) => seen.push(at) },
    );
  });
  const { size } = statSync(file);
  t.deepEqual(seen[0], { done: size, unit: 'bytes', total: size });
  loadInWorker({ kind: 'file', path: file }, { loaded: () => t.fail(), failed: () => t.fail() }).cancel();
  await t.throwsAsync(load(createPackHolder(), join(folder, 'absent.arcpack')), { code: 'ENOENT' });
});

/** Watches a file and collects what is told. */
function watched(t: ExecutionContext, holder: PackHolder, file: string) {
  const told: { readonly changed: PackInfo[]; readonly failed: unknown[] } = { changed: [], failed: [] };
  const watcher = watchPackFile(holder, file, {
    changed: (pack) => told.changed.push(pack),
    failed: (error) => told.failed.push(error),
  });
  t.teardown(() => watcher.close());
  return told;
}

test('watch: a file that is written piece by piece is installed once, when it is whole', async (t) => {
  const folder = tempDir(t, { 'fleet.arcpack': '' });
  const file = join(folder, 'fleet.arcpack');
  const holder = createPackHolder();
  const told = watched(t, holder, file);
  const bytes = compiled();
  for (let at = 0; at < bytes.length; at += 200_000) {
    appendFileSync(file, bytes.subarray(at, at + 200_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await waitUntil('installed', () => told.changed.length === 1);
  t.is(holder.matcher().size, 3_000);
  t.deepEqual(told.failed, []);
});

test('watch: a file that stays broken is told of, and the next good one is taken', async (t) => {
  const folder = tempDir(t, { 'fleet.arcpack': compiled.toString() });
  const file = join(folder, 'fleet.arcpack');
  const holder = createPackHolder();
  const told = watched(t, holder, file);
  writeFileSync(file, compiled().subarray(0, 400_000));
  await waitUntil('told', () => told.failed.length === 1);
  t.regex(String(told.failed[0]), /the file is cut/);
  t.is(holder.generation(), 0);
  writeFileSync(`${file}.new`, compiled());
  renameSync(`${file}.new`, file);
  await waitUntil('installed', () => told.changed.length === 1);
  t.is(holder.matcher().size, 3_000);
});
