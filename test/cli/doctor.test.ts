import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { SdkStatus } from '../../src/contract/status.js';
import type { Examination } from '../../src/cli/doctor/examine.js';
import { FRAMEWORK_PACKAGES, PROTOCOL_PACKAGES } from '../../src/instrumentation/frameworks/packages.js';
import { FRAMEWORKS_HERE } from '../instrumentation/frameworks/modules.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram, type ProgramResult } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';
import { ARC, REGISTER } from '../e2e/world.js';

/** What `arc doctor --json` prints. */
interface Report {
  readonly healthy: boolean;
  readonly here: Examination;
  readonly core: string;
  readonly processes: readonly unknown[] | null;
}

/** Nothing listens there: port 9 (discard) is refused on every machine without that service. */
const NO_CORE = 'http://127.0.0.1:9';

interface Way {
  readonly node?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

function doctor(t: ExecutionContext, { node = [], args = [], env = {}, cwd }: Way): Promise<ProgramResult> {
  const main = ARC.map((path) => join(REPO_ROOT, path));
  return runProgram(t, {
    args: [...node, ...main, 'doctor', ...args],
    env: { ARC_CORE_URL: NO_CORE, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
}

const copies = (sdks: readonly SdkStatus[] = []): readonly string[] =>
  sdks.map(({ module, format, targets }) => {
    const isPatched = targets.length > 0 && targets.every(({ patched }) => patched);
    return `${module} ${format} ${isPatched ? 'patched' : 'not patched'}`;
  });

test.serial(
  'doctor: without a Core, shows both copies of both SDKs patched, settings and packs',
  async (t) => {
    const { stdout, stderr, code } = await doctor(t, {});
    t.is(stderr, '');
    t.is(code, 0);
    t.regex(
      stdout,
      /^A program started here under Arc:\n {2}arc +\d+\.\d+\.\d+, node \d+\.\d+\.\d+, mode apply\n/,
    );
    for (const sdk of ['openai', '@anthropic-ai/sdk'])
      for (const format of ['cjs', 'esm'])
        t.regex(stdout, new RegExp(`^ {2}sdk +${sdk} \\d+\\.\\d+\\.\\d+ ${format}, tested, patched$`, 'm'));
    t.regex(
      stdout,
      /^ {2}pack +arc\.builtin\.openai\.chat\.completions \S+, \d+ patterns, builtin, [0-9a-f]{12}$/m,
    );
    t.regex(stdout, /^ {2}setting +minConfidence = 0\.8 {2}\(default\)$/m);
    t.regex(stdout, /Arc Core at http:\/\/127\.0\.0\.1:9 does not answer; start one with `arc core`/);
  },
);

test.serial('doctor: reports the settings a program would get, not those of its own probe', async (t) => {
  const url = 'ws://127.0.0.1:9/v1/opamp';
  const bare = JSON.parse((await doctor(t, { args: ['--json'] })).stdout) as Report;
  const set = JSON.parse(
    (await doctor(t, { args: ['--json'], env: { ARC_CONTROL_URL: url, ARC_MODE: 'shadow' } })).stdout,
  ) as Report;
  const controlUrl = ({ here }: Report): unknown =>
    here.status?.settings.find(({ key }) => key === 'controlUrl');
  t.deepEqual(controlUrl(bare), {
    key: 'controlUrl',
    value: 'ws://localhost:4320/v1/opamp',
    origin: 'default',
  });
  t.deepEqual(controlUrl(set), { key: 'controlUrl', value: url, origin: 'env' });
  t.is(set.here.status?.mode, 'shadow');
});

test.serial('doctor: --json is one object with everything the text has', async (t) => {
  const { stdout, stderr, code } = await doctor(t, { args: ['--json'] });
  t.is(stderr, '');
  t.is(code, 0);
  const report = JSON.parse(stdout) as Report;
  t.like(report, { healthy: true, core: NO_CORE, processes: null });
  t.is(report.here.how, 'probe');
  t.deepEqual(copies(report.here.status?.sdks).toSorted(), [
    '@anthropic-ai/sdk cjs patched',
    '@anthropic-ai/sdk esm patched',
    'fetch global patched',
    'openai cjs patched',
    'openai esm patched',
  ]);
});

test.serial('doctor: ARC_DISABLE=1 is said, and the exit code is 1', async (t) => {
  const env = { ARC_DISABLE: '1' };
  const { stdout, code } = await doctor(t, { env });
  t.is(code, 1);
  t.regex(stdout, /disabled: ARC_DISABLE=1 is set/);
  t.notRegex(stdout, /sdk /);
  const report = JSON.parse((await doctor(t, { args: ['--json'], env })).stdout) as Report;
  t.false(report.healthy);
});

test.serial('doctor: a bad setting is named with its rule, and the exit code is 1', async (t) => {
  const { stdout, code } = await doctor(t, { env: { ARC_MODE: 'aply' } });
  t.is(code, 1);
  t.regex(stdout, /ARC_MODE: must be one of apply, shadow, off, received "aply"/);
});

test.serial('doctor: a bad control URL is named, although the probe would not use it', async (t) => {
  const { stdout, code } = await doctor(t, { env: { ARC_CONTROL_URL: 'ftp://core' } });
  t.is(code, 1);
  t.regex(stdout, /ARC_CONTROL_URL: must be a ws, wss, http or https URL, or none, received "ftp:\/\/core"/);
});

test.serial('doctor: mode off is shown', async (t) => {
  const { stdout, code } = await doctor(t, { env: { ARC_MODE: 'off' } });
  t.is(code, 0);
  t.regex(stdout, /mode off/);
  t.regex(stdout, /setting +mode = off {2}\(env\)/);
});

test.serial('doctor: in a patched process it examines that process', async (t) => {
  const env = { ARC_CONTROL_URL: 'none', OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' };
  const { stdout, stderr, code } = await doctor(t, { node: REGISTER, env });
  t.is(stderr, '');
  t.is(code, 0);
  t.regex(stdout, /^This process, which runs under Arc:/);
  t.regex(stdout, /sdk +openai \S+ cjs, tested, patched/);
  t.regex(stdout, /sdk +@anthropic-ai\/sdk \S+ cjs, tested, patched/);
});

test.serial('doctor: a folder without SDKs says that none is loaded', async (t) => {
  const { stdout, code } = await doctor(t, { cwd: tempDir(t) });
  t.is(code, 0);
  t.regex(stdout, /sdk +none loaded; install openai or @anthropic-ai\/sdk, or run this where they are/);
});

/** A package that exports classes of a framework's names. */
function frameworkFolder(t: ExecutionContext, version: string, methods: string): string {
  return tempDir(t, {
    'node_modules/@llamaindex/workflow/package.json': JSON.stringify({
      name: '@llamaindex/workflow',
      version,
      main: 'index.cjs',
    }),
    'node_modules/@llamaindex/workflow/index.cjs': `
      exports.AgentWorkflow = class AgentWorkflow { ${methods} callTool() {} };
      exports.FunctionAgent = class FunctionAgent { takeStep() {} };`,
  });
}

test.serial(
  'doctor: a framework of an untested major is patched when its shape fits, and said',
  async (t) => {
    const { stdout, code } = await doctor(t, { cwd: frameworkFolder(t, '9.0.0', 'runStream() {}') });
    t.is(code, 0);
    t.regex(stdout, /^ {2}framework {2}@llamaindex\/workflow 9\.0\.0 cjs, untested, patched$/m);
    t.regex(stdout, /^ {2}fetch {6}of node \S+, patched$/m);
    t.regex(stdout, /^ {2}not found {2}openai, .*@langchain\/core.*, @modelcontextprotocol\/sdk$/m);
    t.notRegex(stdout, /not found.*@llamaindex/);
  },
);

test.serial('doctor: a framework whose shape does not fit is named, and the exit code is 1', async (t) => {
  const { stdout, code } = await doctor(t, { cwd: frameworkFolder(t, '1.1.24', '') });
  t.is(code, 1);
  t.regex(
    stdout,
    /framework {2}@llamaindex\/workflow 1\.1\.24 cjs, tested, NOT PATCHED: AgentWorkflow\.runStream$/m,
  );
});

const withFrameworks = FRAMEWORKS_HERE ? test.serial : test.serial.skip;

withFrameworks('doctor: every framework and protocol is loaded as a program would, and tested', async (t) => {
  const { stdout, stderr, code } = await doctor(t, {
    cwd: join(REPO_ROOT, 'test', 'frameworks'),
    args: ['--json'],
  });
  t.is(stderr, '');
  t.is(code, 0);
  const report = JSON.parse(stdout) as Report;
  const found = report.here.status?.sdks.filter(({ support }) => support === 'tested') ?? [];
  for (const { module } of [...FRAMEWORK_PACKAGES, ...PROTOCOL_PACKAGES]) {
    const formats = found.filter((copy) => copy.module === module).map(({ format }) => format);
    t.deepEqual(formats.toSorted(), module === 'ai' ? ['esm'] : ['cjs', 'esm'], module);
  }
});
