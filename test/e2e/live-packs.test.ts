import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { PackChange } from '../../collector/control/pack-store.js';
import type { ProcessView, Transport } from '../../collector/control/process-view.js';
import type { PackInfo } from '../../src/contract/pattern.js';
import type { ArcStatus } from '../../src/contract/status.js';
import { runProgram, spawnProgram, type Program, type ProgramResult } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';
import { waitUntil } from '../helpers/wait-until.js';
import { ARC, createWorld, getJson, program, REGISTER, type World } from './world.js';

const AS_WRITTEN = 0.31;
const REPAIRED = 0.5;

const pack = (version: string, topP = REPAIRED): string => `
pack: fleet
version: ${version}
patterns:
  - id: fleet.top-p
    version: 1
    match: { api: openai.chat.completions, model: gpt-4o, top_p: { '<': 0.4 } }
    fix:
      - set: { top_p: ${topP} }
    confidence: 0.9
`;

/** One request that left, as the program prints it. */
interface Sent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sent: number;
}

interface Scene extends World {
  readonly running: Program;
  /** Requests so far, oldest first. */
  readonly sent: () => readonly Sent[];
  readonly arc: (...args: readonly string[]) => Promise<ProgramResult>;
  /** Writes a pack file and returns its path. */
  readonly file: (name: string, text: string) => string;
  /** The latest change of the packs, as Core's history has it. */
  readonly lastChange: () => Promise<PackChange>;
}

/** A program that calls without end under Arc, known to Core. */
async function setUp(t: ExecutionContext, transport: Transport = 'websocket'): Promise<Scene> {
  const world = await createWorld(t);
  const running = spawnProgram(t, {
    args: [...REGISTER, program('ask-again.cjs')],
    env: { ...world.env, ...(transport === 'http' ? overHttp(world) : {}) },
  });
  const scene: Scene = {
    ...world,
    running,
    // A last line without its end is still being written.
    sent: () =>
      running
        .stdout()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Sent),
    arc: (...args) => runProgram(t, { args: [...ARC, ...args], env: { ARC_CORE_URL: world.page } }),
    file: (name, text) => join(tempDir(t, { [name]: text }), name),
    async lastChange() {
      const { changes } = await getJson<{ changes: readonly PackChange[] }>(
        `${world.page}/api/packs/history`,
      );
      const [last] = changes;
      if (!last) throw new Error('Core knows no change');
      return last;
    },
  };
  await waitUntil('the first call', () => scene.sent()[0]);
  await waitUntil('the process at Core', async () => (await processes(scene))[0]);
  return scene;
}

/** The control channel of a world over HTTP, as where WebSockets are blocked. */
function overHttp({ core }: World): Readonly<Record<string, string>> {
  return {
    ARC_CONTROL_URL: `http://127.0.0.1:${core.ports.control}/v1/opamp`,
    ARC_CONTROL_POLL_MS: '250',
  };
}

async function processes({ page }: World): Promise<readonly ProcessView[]> {
  return (await getJson<{ processes: readonly ProcessView[] }>(`${page}/api/processes`)).processes;
}

/** Waits for the first request after an instant that left with a value. @returns how long it took, in milliseconds. */
async function tookUntil(scene: Scene, change: PackChange, value: number): Promise<number> {
  const since = Date.parse(change.at);
  const first = await waitUntil(`a request with top_p ${value}`, () =>
    scene.sent().find(({ at, sent }) => at >= since && sent === value),
  );
  return first.at - since;
}

/** Waits for ten more requests. @returns their values, without repetition. */
async function nextTen(scene: Scene): Promise<readonly number[]> {
  const from = scene.sent().length;
  const ten = await waitUntil('ten more requests', () => {
    const more = scene.sent().slice(from, from + 10);
    return more.length === 10 && more;
  });
  return [...new Set(ten.map(({ sent }) => sent))];
}

const takesAndLoses = test.macro<[Transport]>({
  async exec(t, transport) {
    const scene = await setUp(t, transport);
    t.is((await processes(scene))[0]?.transport, transport);
    t.deepEqual(await nextTen(scene), [AS_WRITTEN]);

    const added = await scene.arc('packs', 'add', scene.file('fleet.yaml', pack('1')));
    t.is(added.stderr, '');
    t.is(added.code, 0);
    t.regex(
      added.stdout,
      /^added fleet 1 \(1 pattern, [0-9a-f]{12}\)\n {2}shop \(pid \d+\): installed in \d+ ms\n$/,
    );
    const tookToAdd = await tookUntil(scene, await scene.lastChange(), REPAIRED);
    t.true(tookToAdd < 1_000, `the pattern acted after ${tookToAdd} ms`);
    t.deepEqual(await nextTen(scene), [REPAIRED], 'every later call is repaired');

    const removed = await scene.arc('packs', 'remove', 'fleet');
    t.is(removed.code, 0);
    t.regex(removed.stdout, /^removed fleet\n {2}shop \(pid \d+\): removed in \d+ ms\n$/);
    const tookToRemove = await tookUntil(scene, await scene.lastChange(), AS_WRITTEN);
    t.true(tookToRemove < 1_000, `the pattern was gone after ${tookToRemove} ms`);
    t.deepEqual(await nextTen(scene), [AS_WRITTEN], 'no later call is repaired');
    t.log(`added in ${tookToAdd} ms, removed in ${tookToRemove} ms`);
  },
  title: (_, transport) => `live packs: taken and lost within a second, over ${transport}`,
});

test.serial(takesAndLoses, 'websocket');
test.serial(takesAndLoses, 'http');

test.serial(
  'live packs: a malformed one is refused with file, line and column; the running one stays',
  async (t) => {
    const scene = await setUp(t);
    t.is((await scene.arc('packs', 'add', scene.file('fleet.yaml', pack('1')))).code, 0);
    const before = await getJson<{ packs: readonly PackInfo[] }>(`${scene.page}/api/packs`);
    const bad = pack('2', 0.6).replace("'<'", "'=<'").replace('confidence: 0.9', 'confidence: nine');
    const { stdout, stderr, code } = await scene.arc('packs', 'add', scene.file('fleet.yaml', bad));
    t.is(code, 1);
    t.is(stdout, '');
    t.regex(
      stderr,
      /^fleet\.yaml:7:\d+ patterns\[0\]\.match\.top_p\..*unknown operator "=<".*Accepted: =, /m,
    );
    t.regex(
      stderr,
      /^fleet\.yaml:10:\d+ patterns\[0\]\.confidence: must be a number from 0 to 1; received "nine"/m,
    );
    t.deepEqual(await getJson(`${scene.page}/api/packs`), before);
    t.deepEqual(await nextTen(scene), [REPAIRED]);
  },
);

test.serial('live packs: a text that is no YAML is refused with its place', async (t) => {
  const scene = await setUp(t);
  const { stderr, code } = await scene.arc('packs', 'add', scene.file('broken.yaml', 'pack: [\n'));
  t.is(code, 1);
  t.regex(stderr, /^broken\.yaml:\d+:\d+ .*not valid YAML/);
  t.deepEqual(await nextTen(scene), [AS_WRITTEN]);
});

test.serial(
  'live packs: arc doctor shows the process, its packs, SDK copies, settings and last flush',
  async (t) => {
    const scene = await setUp(t);
    t.is((await scene.arc('packs', 'add', scene.file('fleet.yaml', pack('1.4.0')))).code, 0);
    await waitUntil(
      'a report after a flush',
      async () => {
        const [known] = await processes(scene);
        return known?.status?.telemetry.lastFlushAt && known.status.counters.fixed > 0;
      },
      { timeoutMs: 30_000 },
    );
    const { stdout, code } = await scene.arc('doctor', '--json', '--core', scene.page);
    t.is(code, 0);
    const report = JSON.parse(stdout) as {
      healthy: boolean;
      processes: readonly { state: string; status: ArcStatus }[];
    };
    t.true(report.healthy);
    t.is(report.processes.length, 1);
    const [{ state, status } = { state: 'none', status: undefined }] = report.processes;
    t.is(state, 'connected');
    t.like(status, { serviceName: 'shop', pid: scene.running.pid, enabled: true, mode: 'apply' });
    const { packs } = await getJson<{ packs: readonly PackInfo[] }>(`${scene.page}/api/packs`);
    t.deepEqual(
      status?.packs.find(({ name }) => name === 'fleet'),
      { name: 'fleet', version: '1.4.0', patterns: 1, origin: 'control', hash: packs[0]?.hash ?? '' },
    );
    t.deepEqual(
      status?.sdks.map(({ module, format, targets }) => [
        module,
        format,
        targets.every(({ patched }) => patched),
      ]),
      [
        ['openai', 'cjs', true],
        ['fetch', 'global', true],
      ],
    );
    t.deepEqual(
      status?.settings.find(({ key }) => key === 'controlUrl'),
      {
        key: 'controlUrl',
        value: scene.env['ARC_CONTROL_URL'] ?? '',
        origin: 'env',
      },
    );
    t.true((status?.telemetry.spansExported ?? 0) > 0);
    t.is(status?.telemetry.spansFailed, 0);
    t.false(Number.isNaN(Date.parse(status?.telemetry.lastFlushAt ?? '')));

    const told = await scene.arc('doctor');
    t.regex(told.stdout, /Running processes, as Arc Core at .* knows them: 1/);
    t.regex(told.stdout, /shop pid \d+, connected/);
    t.regex(told.stdout, /pack +fleet 1\.4\.0, 1 pattern, control, [0-9a-f]{12}/);
    t.regex(told.stdout, /last flush \d{4}-/);
  },
);
