import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

const bin = (path: string) => join(REPO_ROOT, 'node_modules', path);
const manifest = (fields: object) => JSON.stringify({ name: 'fixture', version: '1.0.0', ...fields });

async function refused(t: ExecutionContext, args: readonly string[], files: Record<string, string>) {
  const { stdout, stderr, code } = await runProgram(t, { args, cwd: tempDir(t, files), timeoutMs: 60_000 });
  t.not(code, 0, stdout);
  return stdout + stderr;
}

test('publint: an entry that is not in the package is refused', async (t) => {
  const files = { 'package.json': manifest({ main: './missing.js' }) };
  t.regex(await refused(t, [bin('publint/src/cli.js'), '--strict'], files), /missing\.js/);
});

test('attw: an entry without types is refused', async (t) => {
  const exports = { '.': { types: './index.d.ts', default: './index.js' }, './sub': { default: './sub.js' } };
  const output = await refused(
    t,
    [bin('@arethetypeswrong/cli/dist/index.js'), '--pack', '.', '--profile', 'node16'],
    {
      'package.json': manifest({ type: 'commonjs', exports }),
      'index.js': 'exports.a = 1;\n',
      'index.d.ts': 'export declare const a: number;\n',
      'sub.js': 'exports.b = 1;\n',
    },
  );
  t.regex(output, /No types/i);
});

test('knip: a file nobody imports is refused', async (t) => {
  const output = await refused(t, [bin('knip/bin/knip.js'), '--config', join(REPO_ROOT, 'knip.json')], {
    'package.json': manifest({}),
    'tsconfig.json': '{"include":["src"]}',
    'src/index.ts': 'export const a = 1;\n',
    'src/left-over.ts': 'export const b = 1;\n',
  });
  t.regex(output, /left-over\.ts/);
});

test('typedoc: a public name without words is refused', async (t) => {
  const output = await refused(
    t,
    [
      bin('typedoc/bin/typedoc'),
      '--options',
      join(REPO_ROOT, 'typedoc.json'),
      '--entryPoints',
      'src/index.ts',
    ],
    {
      'package.json': manifest({}),
      'tsconfig.json': '{"compilerOptions":{"module":"node20","types":[]},"include":["src"]}',
      'src/index.ts': '/** Said. */\nexport const said = 1;\nexport const unsaid = 2;\n',
    },
  );
  t.regex(output, /unsaid/);
  t.notRegex(output, /[^n]said \(/);
});

test('check: runs every gate even after one failed, and fails', async (t) => {
  const scripts = { 'check:one': 'node -e "process.exit(1)"', 'check:two': 'node -e ""', other: 'false' };
  const dir = tempDir(t, { 'package.json': manifest({ scripts }) });
  const check = join(dir, '.ci/check.mjs');
  mkdirSync(join(dir, '.ci'));
  copyFileSync(join(REPO_ROOT, '.ci/check.mjs'), check);
  const { stdout, code } = await runProgram(t, { args: [check], cwd: dir });
  t.is(code, 1);
  t.regex(stdout.trimStart(), /^not ok gate check:one .*\nok gate check:two .*\n$/);
});
