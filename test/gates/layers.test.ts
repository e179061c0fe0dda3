import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

const TSCONFIG = '{"compilerOptions":{"module":"node20","strict":true},"include":["src","collector"]}';
const MANIFEST = '{"name":"fixture","dependencies":{"yaml":"*","ws":"*"},"devDependencies":{"ava":"*"}}';
const VALUE = 'export const value = 1;\n';

const layers = test.macro({
  async exec(t, files: Record<string, string>, rule: string | undefined) {
    const folders = { 'src/index.ts': VALUE, 'collector/store/rows.ts': VALUE };
    const dir = tempDir(t, { 'tsconfig.json': TSCONFIG, 'package.json': MANIFEST, ...folders, ...files });
    symlinkSync(join(REPO_ROOT, 'node_modules'), join(dir, 'node_modules'), 'dir');
    const { stdout, stderr, code } = await runProgram(t, {
      args: [
        join(REPO_ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        join(REPO_ROOT, '.dependency-cruiser.cjs'),
        'src',
        'collector',
      ],
      cwd: dir,
    });
    t.is(code === 0, rule === undefined, stdout + stderr);
    t.true(stdout.includes(rule === undefined ? 'no dependency violations' : `error ${rule}:`), stdout);
  },
  title: (words) => `layer rules: ${words ?? ''}`,
});

const imports = (path: string) => `import { value } from '${path}';\nexport const copy = value;\n`;

test(
  'a tree in order passes',
  layers,
  { 'src/instrumentation/spans.ts': imports('../patterns/match.js'), 'src/patterns/match.ts': VALUE },
  undefined,
);
test('the contract imports nothing', layers, { 'src/contract/fix.ts': imports('../index.js') }, 'layer-0');
test(
  'patterns do not import the instrumentation',
  layers,
  { 'src/patterns/match.ts': imports('../instrumentation/spans.js'), 'src/instrumentation/spans.ts': VALUE },
  'layer-1',
);
test(
  'the instrumentation does not import Core',
  layers,
  { 'src/instrumentation/spans.ts': imports('../../collector/store/rows.js') },
  'layer-2',
);
test(
  'the store does not import the instrumentation',
  layers,
  { 'collector/store/calls.ts': imports('../../src/index.js') },
  'layer-3',
);
test(
  'the API does not import the command line',
  layers,
  { 'collector/api/calls.ts': imports('../../src/cli/main.js'), 'src/cli/main.ts': VALUE },
  'layer-4',
);
test(
  'patterns do no I/O',
  layers,
  { 'src/patterns/load.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n" },
  'pure',
);
test(
  'a hot file does no I/O',
  layers,
  {
    'src/instrumentation/call.ts':
      "// HOT: every call\nimport { request } from 'node:http';\nexport const send = request;\n",
  },
  'hot-no-io',
);
test(
  'a hot file imports no package',
  layers,
  {
    'src/patterns/regex.ts':
      "// HOT: every call\nimport { RE2JS } from 're2js';\nexport const engine = RE2JS;\n",
  },
  'hot-no-third-party',
);
test(
  'a cycle is refused',
  layers,
  {
    'src/patterns/a.ts': imports('./b.js'),
    'src/patterns/b.ts': "import { copy } from './a.js';\nexport const value = copy;\n",
  },
  'no-circular',
);
test(
  'a package has one door',
  layers,
  { 'src/cli/own.ts': "import { parse } from 'yaml';\nexport const read = parse;\n" },
  'door-yaml',
);
test(
  'a package without a door is refused',
  layers,
  { 'src/cli/own.ts': "import { format } from 'prettier';\nexport const write = format;\n" },
  'door-missing',
);
test(
  'an import that leads nowhere is refused',
  layers,
  { 'src/cli/own.ts': imports('./missing.js') },
  'no-unresolvable',
);
