import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { PatternDefinition } from '../../../src/contract/pattern.js';
import { loadBuiltinPacks } from '../../../src/instrumentation/packs/builtin-packs.js';
import { createPackHolder } from '../../../src/patterns/pack-holder.js';
import { parsePack } from '../../../src/patterns/parse-pack.js';
import { plainExpression } from '../../../src/patterns/plain-expression.js';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { runProgram } from '../../helpers/spawn-program.js';

const FOLDER = join(REPO_ROOT, 'packs');
const WRITTEN = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => parsePack(readFileSync(join(FOLDER, file), 'utf8'), file));

for (const byteOrder of ['LE', 'BE']) {
  test(`loadBuiltinPacks: on a ${byteOrder} machine the packs are those of packs/*.yaml`, (t) => {
    const holder = createPackHolder();
    const loaded = loadBuiltinPacks(holder, byteOrder);
    t.is(new Set(loaded.map(({ name }) => name)).size, loaded.length);
    for (const { origin, name } of loaded) t.regex(`${origin} ${name}`, /^builtin arc\.builtin\.[a-z.-]+$/);
    const byId = (a: PatternDefinition, b: PatternDefinition): number => (a.id < b.id ? -1 : 1);
    t.deepEqual([...holder.definitions()].sort(byId), WRITTEN.flatMap(({ patterns }) => patterns).sort(byId));
  });
}

test('loadBuiltinPacks: no expression needs the library that takes long to load', (t) => {
  const sources = JSON.stringify(WRITTEN).matchAll(/"matches":("(?:[^"\\]|\\.)*")/g);
  const plain = [...sources].map(([, source = '']) => plainExpression(String(JSON.parse(source))));
  t.true(plain.length > 0);
  t.false(plain.includes(undefined));
});

/** What checks, compiles to an image or reads pack files. */
const BUILDING =
  /\/(?:patterns\/(?:build-pack|check-|parse-|pack-(?:hash|lines)|lint\/|image\/(?:build-|check-|record-writer)|index\/(?:access|filing|[a-z-]+-collector))|packs\/(?:read-source|pack-file)|packs\/[a-z.]+\.json)/;

test('loadBuiltinPacks: a process that starts loads nothing that builds packs', async (t) => {
  const program = "console.log(require('arc').status().packs.length, Object.keys(require.cache).join('\\n'))";
  const env = { ARC_CONTROL_URL: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' };
  const { stdout, stderr } = await runProgram(t, {
    args: ['--require', 'arc/otel-register', '-e', program],
    env,
  });
  t.is(stderr, '');
  const [first = '', ...files] = stdout.split('\n');
  t.is(Number.parseInt(first, 10), loadBuiltinPacks(createPackHolder()).length);
  t.true(files.some((file) => file.endsWith('/patterns/pack-holder.js')));
  t.deepEqual(
    files.filter((file) => BUILDING.test(file)),
    [],
  );
});
