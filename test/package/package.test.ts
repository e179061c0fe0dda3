import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { startModelServer } from '../../src/cli/demo/model-server.js';
import { ARC } from '../../src/contract/names.js';
import { ARC_VERSION } from '../../src/contract/package-info.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { exampleEnv } from '../helpers/run-example.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

const INSTALL_TIMEOUT_MS = 240_000;

/** What would start or steer Arc, the tests' own Node.js, or what an outer npm says of the folder it runs in. */
const FOREIGN =
  /^(ARC|OTEL|AVA)_|^NODE_(OPTIONS|PATH|ENV)$|^npm_(?!config_)|^npm_config_(local_prefix|call|package)$/;

/** npm needs its own settings: registry, cache, proxy, certificates. */
function npmEnv(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
}

async function npm(t: ExecutionContext, args: readonly string[], cwd: string): Promise<string> {
  const options = { command: 'npm', args, cwd, env: npmEnv(), timeoutMs: INSTALL_TIMEOUT_MS };
  const { code, stdout, stderr } = await runProgram(t, options);
  t.is(code, 0, `npm ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** Packs the package. @returns the tarball, and the paths inside it. */
async function pack(t: ExecutionContext, folder: string) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const printed = JSON.parse(await npm(t, args, REPO_ROOT)) as unknown; // npm's own format, checked just below
  const entry = Object.values(printed as Record<string, { filename: string; files: { path: string }[] }>)[0];
  if (!entry) throw new Error('npm pack printed no package');
  return { tarball: join(folder, entry.filename), paths: entry.files.map(({ path }) => path) };
}

function checkPaths(t: ExecutionContext, paths: readonly string[]): void {
  const needed = [
    'LICENSE',
    'README.md',
    'dist/src/index.d.mts',
    'dist/src/index.d.ts',
    'dist/src/index.js',
    'dist/src/otel-register.js',
    'dist/src/otel-register.mjs',
    'dist/src/wrap.js',
    'dist/src/next.mjs',
    'dist/src/next-edge.js',
    'dist/packs/index.js',
    'dist/src/cli/main.js',
    'packs/openai.yaml',
    'packs/anthropic.yaml',
  ];
  t.deepEqual(
    needed.filter((path) => !paths.includes(path)),
    [],
    'missing from the package',
  );
  t.deepEqual(
    paths.filter((path) => /\.map$|\.tsbuildinfo$|(^|\/)test\/|\.test\./.test(path)),
    [],
    'must not be shipped',
  );
}

test('package: the tarball, installed in an empty folder, repairs a call and exports its span', async (t) => {
  t.timeout(2 * INSTALL_TIMEOUT_MS);
  const dir = tempDir(t, {
    'package.json': '{"private":true}',
    'app.js': readFileSync(join(REPO_ROOT, 'examples/01-openai-commonjs/app.cjs'), 'utf8'),
  });
  const { tarball, paths } = await pack(t, dir);
  checkPaths(t, paths);

  const manifest = readFileSync(join(REPO_ROOT, 'node_modules/openai/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  await npm(t, ['install', ...quiet, tarball, `openai@${version}`], dir);
  t.is((await npm(t, ['exec', '--offline', '--', 'arc', '--version'], dir)).trim(), ARC_VERSION);

  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const args = ['--require', 'arc/otel-register', 'app.js'];
  const result = await runProgram(t, { args, cwd: dir, env: exampleEnv(models, receiver.grpcUrl) });
  t.like(result, { code: 0, stdout: 'A stand-in answer to "Name one river in France.".\n', stderr: '' });
  t.like(models.requests[0]?.body, { model: 'gpt-4', temperature: 0.7 });
  const span = await receiver.waitFor('the span', ({ spans }) => spans[0]);
  t.like(span, { name: 'chat gpt-4', scope: 'arc' });
  t.is(span.attributes[ARC.decision], 'fix');
});
