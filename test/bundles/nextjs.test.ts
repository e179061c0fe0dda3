import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { ARC, GEN_AI } from '../../src/contract/names.js';
import { startOtlpReceiver, type OtlpReceiver } from '../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { exampleEnv } from '../helpers/run-example.js';
import { runProgram, spawnProgram, type Program } from '../helpers/spawn-program.js';

const FOLDER = join(REPO_ROOT, 'test', 'next');
const NEXT = join(FOLDER, 'node_modules', 'next', 'dist', 'bin', 'next');
const EXAMPLE = join(REPO_ROOT, 'examples', '11-nextjs');
const BUILD_TIMEOUT_MS = 240_000;
/** What of the package an application has. */
const SHIPPED = ['package.json', 'dist/src', 'dist/packs', 'src/contract/proto'];

const nextTest = existsSync(NEXT) ? test.serial : test.serial.skip;
if (!existsSync(NEXT))
  console.warn('next is not installed; `npm ci --prefix test/next` installs it. Not tested with it.');

/**
 * The example with Arc installed in it, in a folder of which Next.js and the SDKs are found. Not in the temporary folder:
 * Turbopack refuses links that lead out of the project.
 */
function makeApplication(t: ExecutionContext, files: Readonly<Record<string, string>> = {}): string {
  const app = mkdtempSync(join(FOLDER, '.app-'));
  t.teardown(() => rmSync(app, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(EXAMPLE, app, { recursive: true });
  for (const path of SHIPPED)
    cpSync(join(REPO_ROOT, path), join(app, 'node_modules', 'arc', path), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(app, name, '..'), { recursive: true });
    writeFileSync(join(app, name), content);
  }
  return app;
}

async function build(t: ExecutionContext, app: string, ...flags: readonly string[]): Promise<void> {
  const env = { NEXT_TELEMETRY_DISABLED: '1', CI: 'true' };
  const args = [NEXT, 'build', ...flags];
  const { code, stdout, stderr } = await runProgram(t, { args, cwd: app, env, timeoutMs: BUILD_TIMEOUT_MS });
  t.is(code, 0, `${stdout}${stderr}`.slice(-3_000));
}

interface Running {
  readonly server: Program;
  readonly models: ModelServer;
  readonly receiver: OtlpReceiver;
}

async function start(t: ExecutionContext, cwd: string, args: readonly string[]): Promise<Running> {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const env = {
    ...exampleEnv(models, receiver.grpcUrl),
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: '0',
    HOSTNAME: '127.0.0.1',
  };
  return { server: spawnProgram(t, { args, cwd, env }), models, receiver };
}

/** Asks the route, then checks the repair and that its one span stands in the trace of the request. */
async function checkRoute(t: ExecutionContext, { server, models, receiver }: Running): Promise<void> {
  const [, port] = await server.waitForLine(/http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/);
  await server.waitForLine(/Ready in/);
  const response = await fetch(`http://127.0.0.1:${port}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-conversation': 'c-17' },
    body: '{"question":"Name a river."}',
  });
  t.deepEqual(await response.json(), { answer: 'A stand-in answer to "Name a river.".' });
  t.like(models.requests[0]?.body, { model: 'gpt-4', temperature: 0.7 });
  await server.kill('SIGTERM');
  const spans = await receiver.waitFor('the spans', (seen) => {
    const route = seen.spans.some(({ name }) => name === 'executing api route (app) /ask');
    return route && seen.spans.some(({ scope }) => scope === 'arc') && seen.spans;
  });
  const calls = spans.filter(({ scope }) => scope === 'arc');
  t.is(calls.length, 1);
  t.is(calls[0]?.attributes[ARC.decision], 'fix');
  t.is(calls[0]?.attributes[GEN_AI.conversationId], 'c-17');
  // Seen at the SDK, not at the fetch under it, whose span Next.js makes.
  t.is(spans.find(({ spanId }) => spanId === calls[0]?.parentSpanId)?.name, 'executing api route (app) /ask');
}

nextTest('11-nextjs: built by Turbopack and started, its route is repaired inside its trace', async (t) => {
  t.timeout(2 * BUILD_TIMEOUT_MS);
  const app = makeApplication(t);
  await build(t, app);
  await checkRoute(t, await start(t, app, [NEXT, 'start']));
});

nextTest('11-nextjs: built by webpack as a standalone server, which has all of Arc it needs', async (t) => {
  t.timeout(2 * BUILD_TIMEOUT_MS);
  const app = makeApplication(t, {
    'next.config.mjs':
      "import { withArc } from 'arc/next';\nexport default withArc({ output: 'standalone' });\n",
  });
  await build(t, app, '--webpack');
  const standalone = join(app, '.next', 'standalone', app.slice(REPO_ROOT.length));
  await checkRoute(t, await start(t, standalone, [join(standalone, 'server.js')]));
});
