import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { runTest } from '../../src/fixes/run-test.js';
import { warningsOf } from '../../src/patterns/lint/warnings.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf } from '../../src/patterns/pattern-tests.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';

const PAGES = ['README.md', 'docs/PATTERNS.md', ...examplePages()];
/** Files whose names `src/index.ts` exports; their examples are what users see. */
const PUBLIC_SOURCES = [
  'contract/errors',
  'instrumentation/arc-instrumentation',
  'instrumentation/arc-process',
  'instrumentation/context',
];

function examplePages(): string[] {
  return readdirSync(join(REPO_ROOT, 'examples')).map((name) => join('examples', name, 'README.md'));
}

function read(file: string): string {
  return readFileSync(join(REPO_ROOT, file), 'utf8');
}

/** The fenced blocks of a language. */
function blocks(file: string, language: string): readonly string[] {
  return [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, code = '']) => code,
  );
}

/** The `@example` texts of a source file, without the comment's stars. */
function docExamples(file: string): readonly string[] {
  return [...read(file).matchAll(/^ *\* @example *\n?([^]*?)(?=^ *\* @|^ *\*\/)/gm)].map(([, text = '']) =>
    text.replaceAll(/^ *\* ?/gm, ''),
  );
}

for (const page of PAGES) {
  for (const [index, code] of blocks(page, 'yaml').entries()) {
    if (!/^\s*(pack|patterns|id|match|pattern):/m.test(code)) continue;
    test(`${page}: YAML block ${index + 1} is a pack Arc loads`, (t) => {
      const text = readPackText(code, page);
      t.true(text.pack.patterns.length > 0);
      t.deepEqual(warningsOf([text], Date.now()), []);
      for (const { pattern, test: inside } of testsOf(text))
        t.deepEqual(runTest(pattern, inside), { passed: true });
    });
  }
  for (const [index, code] of blocks(page, 'js').entries()) {
    test.serial(`${page}: JavaScript block ${index + 1} runs`, async (t) => {
      const flags = /^import /m.test(code) ? ['--input-type=module'] : [];
      const { stderr, code: exit } = await runProgram(t, { args: [...flags, '--eval', code], env: quiet() });
      t.is(stderr, '');
      t.is(exit, 0);
    });
  }
}

for (const source of PUBLIC_SOURCES) {
  for (const [index, code] of docExamples(join('src', `${source}.ts`)).entries()) {
    test.serial(`src/${source}: example ${index + 1} runs`, async (t) => {
      const program = code.includes('import ')
        ? code
        : `import { ArcError, ArcInstrumentation } from 'arc';\n${code}`;
      const { stderr, code: exit } = await runProgram(t, {
        args: ['--input-type=module', '--eval', program],
        env: quiet(),
      });
      t.is(stderr, '');
      t.is(exit, 0);
    });
  }
}

test('README.md: every `npx arc` line names a command that exists', async (t) => {
  const commands = [...read('README.md').matchAll(/^ {4}npx arc (\w+)/gm)].map(([, command = '']) => command);
  t.true(commands.length >= 4);
  for (const command of new Set(commands)) {
    const { code } = await runProgram(t, { args: ['dist/src/cli/main.js', command, '--help'] });
    t.is(code, 0, command);
  }
});

test('PRODUCTION_CHECKLIST.md: every test it names exists', (t) => {
  const named = [...read('PRODUCTION_CHECKLIST.md').matchAll(/`(test\/[\w./-]+)`(?: "([^"…]+)…?")?/g)];
  t.true(named.length > 8);
  for (const [, path = '', title] of named) {
    const text = path.endsWith('.ts') ? read(path) : readdirSync(join(REPO_ROOT, path)).join('\n');
    t.true(text.length > 0, path);
    if (title) t.true(text.includes(title.trim()), `${path}: ${title}`);
  }
});

/** The programs of the pages register OpenTelemetry; nothing of it is to go anywhere. */
function quiet(): Readonly<Record<string, string>> {
  return {
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    ARC_CONTROL_URL: 'none',
  };
}
