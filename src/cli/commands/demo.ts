import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { resolveCoreOptions } from '../../../collector/config.js';
import type { Core } from '../../../collector/main.js';
import { ArcError } from '../../contract/errors.js';
import { PACKAGE_ROOT } from '../../contract/package-info.js';
import type { CliCommand, CommandContext } from '../command.js';
import { fetchLessons } from './packs-learned.js';
import { startModelServer, type ModelServer } from '../demo/model-server.js';
import { runProgram, type ProgramResult } from '../demo/run-program.js';
import { fetchCalls, tellCall, withRequests, type StoredCall } from '../demo/story.js';

const PROGRAM = join(PACKAGE_ROOT, 'examples', '00-whole-loop', 'app.js');
const REGISTER = join(PACKAGE_ROOT, 'dist', 'src', 'otel-register.js');
/** What the program asks: three requests that built-in patterns know, and one that none can, twice. */
const EXPECTED = { calls: 5, requests: 6, repaired: 4 } as const;
const SDKS = ['openai', '@anthropic-ai/sdk'];

/** `arc demo`: the whole loop on this machine, told in the terminal. */
export const demoCommand: CliCommand = {
  register(program, context) {
    program
      .command('demo')
      .description(
        'Start Arc Core and a loopback model server, run an example under Arc and tell what happened.',
      )
      .option('--once', 'end by itself with exit code 0, or 1 when a step did not happen')
      .addHelpText(
        'after',
        '\nExamples:\n  $ arc demo\n  $ arc demo --once\n  $ ARC_CORE_WEB_PORT=9090 arc demo',
      )
      .action(async ({ once: endsByItself = false }: { once?: boolean }) => {
        process.exitCode = await demo(endsByItself, context);
      });
  },
};

async function demo(endsByItself: boolean, context: CommandContext): Promise<number> {
  requireSdks();
  const { startCore } = await import('../../../collector/main.js'); // for the reason given at `arc core`
  const core = await startCore(resolveCoreOptions({}, context.env).options);
  const models = await startModelServer();
  try {
    const missing = await tell({ core, models, context });
    if (endsByItself || missing.length > 0) return summarise(missing, context);
    context.stdout(`Look at        http://localhost:${core.ports.web}`);
    context.stdout('In a terminal  npx arc traces --decision fix');
    context.stdout('\nArc Core keeps running; Ctrl-C ends it.');
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    return 0;
  } finally {
    await models.close();
    await core.close();
  }
}

/** @throws {ArcError} `ARC_NOT_FOUND` when the example cannot find the SDKs it calls. */
function requireSdks(): void {
  const { resolve } = createRequire(PROGRAM);
  const missing = SDKS.filter((name) => {
    try {
      return resolve(name) === '';
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return;
  const names = missing.join(' ');
  throw new ArcError(
    'ARC_NOT_FOUND',
    `the demonstration calls ${names}, not installed here; run: npm install ${names}`,
  );
}

interface Stage {
  readonly core: Core;
  readonly models: ModelServer;
  readonly context: CommandContext;
}

/** Plays the story. @returns the steps that did not happen. */
async function tell(stage: Stage): Promise<string[]> {
  const { core, models, context } = stage;
  const page = `http://localhost:${core.ports.web}`;
  const since = Date.now();
  context.stdout(`Arc Core       ${page}, OTLP gRPC on port ${core.ports.otlpGrpc}`);
  context.stdout(`Model server   ${models.url}, answers as OpenAI and Anthropic do\n`);

  context.stdout('1. The program as it is:  node app.js');
  const bare = await runExample(stage, []);
  for (const line of bare.lines) context.stdout(`  ${line}`);

  context.stdout('\n2. The same program under Arc:  node --require arc/otel-register app.js');
  const before = models.requests.length;
  const repaired = await runExample(stage, ['--require', REGISTER]);
  for (const line of repaired.lines) context.stdout(`  ${line}`);
  if (repaired.errors !== '') context.stderr(repaired.errors);

  const calls = await fetchCalls(page, since);
  context.stdout('\n3. What Arc Core has of it');
  const made = models.requests.slice(before);
  withRequests(calls, made).forEach((told, index) => {
    for (const line of tellCall(told, repaired.lines[index] ?? '', page)) context.stdout(line);
  });
  const learned = await tellLearned(page, context);
  const statuses = made.map(({ status }) => status);
  return findMissing({ bare, repaired, calls, statuses, learned });
}

/** @returns ids of what Core has been told was learned. */
async function tellLearned(page: string, { stdout }: CommandContext): Promise<readonly string[]> {
  const lessons = await fetchLessons(page);
  stdout('4. What it has learned, for a pack of your own:  npx arc packs learned --yaml');
  for (const { patternId, pattern } of lessons) stdout(`  ${patternId}  ${pattern.description ?? ''}`);
  stdout('');
  return lessons.map(({ patternId }) => patternId);
}

function runExample({ core, models, context }: Stage, flags: readonly string[]): Promise<ProgramResult> {
  const local = {
    OPENAI_BASE_URL: models.openaiBaseUrl,
    OPENAI_API_KEY: 'none-needed-here',
    ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
    ANTHROPIC_API_KEY: 'none-needed-here',
    OTEL_SERVICE_NAME: 'arc-demo',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${core.ports.otlpGrpc}`,
    OTEL_METRICS_EXPORTER: 'otlp',
    ARC_CONTROL_URL: `ws://127.0.0.1:${core.ports.control}/v1/opamp`,
    ARC_HEAL: 'true',
  };
  return runProgram([...flags, PROGRAM], { cwd: process.cwd(), env: { ...context.env, ...local } });
}

interface Played {
  readonly bare: ProgramResult;
  readonly repaired: ProgramResult;
  readonly calls: readonly StoredCall[];
  /** Of the requests under Arc. */
  readonly statuses: readonly (number | undefined)[];
  readonly learned: readonly string[];
}

function findMissing({ bare, repaired, calls, statuses, learned }: Played): string[] {
  const fixed = calls.filter(({ decision }) => decision === 'fix').length;
  const healed = calls.find((call) => call.healed);
  const refused = statuses.filter((status) => status !== 200).length;
  const steps: readonly (readonly [happened: boolean, step: string])[] = [
    [bare.exitCode === 1, 'without Arc the program fails'],
    [repaired.exitCode === 0, 'under Arc it succeeds'],
    [
      statuses.length === EXPECTED.requests && refused === 1,
      'every request was accepted, but for one that was refused once',
    ],
    [calls.length === EXPECTED.calls, `Arc Core stored ${EXPECTED.calls} calls (it has ${calls.length})`],
    [
      fixed === EXPECTED.repaired,
      `${EXPECTED.repaired} calls were repaired before they left (${fixed} were)`,
    ],
    [healed !== undefined, 'a refused call was repaired and sent once more'],
    [
      healed?.healed !== undefined && calls.at(-1)?.patternId === healed.healed.patternId,
      'the next one was repaired by what the refusal taught',
    ],
    [
      healed?.healed !== undefined && learned.includes(healed.healed.patternId),
      'Arc Core was told what was learned',
    ],
  ];
  return steps.filter(([happened]) => !happened).map(([, step]) => step);
}

function summarise(missing: readonly string[], { stdout, stderr }: CommandContext): number {
  if (missing.length === 0) {
    stdout(`Done: ${EXPECTED.calls} requests written, repaired in their spans, accepted, traced and stored.`);
    stdout('`npx arc core` shows them again, on http://localhost:8080.');
    return 0;
  }
  for (const step of missing) stderr(`arc demo: did not happen: ${step}`);
  return 1;
}
