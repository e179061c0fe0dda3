import { join } from 'node:path';
import test from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

const TSCONFIG = '{"compilerOptions":{"module":"node20","strict":true,"types":[]},"include":["src"]}';
const LONG_FUNCTION = `export function long(): number {\n${'  Math.random();\n'.repeat(40)}  return 1;\n}\n`;

const lint = test.macro({
  async exec(t, source: string, rule: string | undefined) {
    const dir = tempDir(t, { 'tsconfig.json': TSCONFIG, 'src/patterns/sample.ts': source });
    const { stdout, stderr, code } = await runProgram(t, {
      args: [
        join(REPO_ROOT, 'node_modules/oxlint/bin/oxlint'),
        '--config',
        join(REPO_ROOT, '.oxlintrc.json'),
        '--format',
        'unix',
        '--type-aware',
        '.',
      ],
      cwd: dir,
    });
    t.is(code === 0, rule === undefined, stdout + stderr);
    t.true(stdout.includes(rule ?? ''), stdout + stderr);
  },
  title: (words) => `lint: ${words ?? ''}`,
});

test('clean code passes', lint, 'export const value: number = 1;\n', undefined);
test('any is refused', lint, 'export const value: any = 1;\n', 'no-explicit-any');
test(
  'a floating promise is refused',
  lint,
  'async function f(): Promise<void> {}\nexport function g(): void {\n  f();\n}\n',
  'no-floating-promises',
);
test('a switched-off check is refused', lint, '// @ts-ignore\nexport const value = 1;\n', 'ban-ts-comment');
test('console is refused outside the command line', lint, "console.log('x');\nexport {};\n", 'no-console');
test(
  'the environment is read at its doors only',
  lint,
  "export const home = process.env['HOME'];\n",
  'no-process-env',
);
test('a function of more than 40 lines is refused', lint, LONG_FUNCTION, 'max-lines-per-function');
test('a file of more than 250 lines is refused', lint, 'export {};\n'.padEnd(251 + 10, '\n'), 'max-lines');
test('a default export is refused', lint, 'export default 1;\n', 'no-default-export');
test(
  'more than four parameters are refused',
  lint,
  'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];\n',
  'max-params',
);
