import { join } from 'node:path';
import { serve } from '@hono/node-server';
import test, { type ExecutionContext } from 'ava';
import { Command } from 'commander';
import { Hono } from 'hono';
import { ArcError } from '../../../src/contract/errors.js';
import { packsCommand } from '../../../src/cli/commands/packs.js';
import { packSource, startTestCore, type TestCore } from '../../collector/control/test-core.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { startProcessDouble, type ProcessDouble } from '../../instrumentation/control/process-double.js';

interface Outcome {
  readonly out: readonly string[];
  readonly err: readonly string[];
  readonly code: number;
  readonly error?: ArcError;
}

/** Runs `arc packs …` in this process; the exit code it asks for is taken back afterwards. */
async function run(core: string, ...args: readonly string[]): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const program = new Command('arc').exitOverride();
  const stdout = (line: string): void => void out.push(line);
  const stderr = (line: string): void => void err.push(line);
  packsCommand.register(program, { env: { ARC_CORE_URL: core }, stdout, stderr, colour: false });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await program.parseAsync(['packs', ...args], { from: 'user' });
    return { out, err, code: process.exitCode };
  } catch (error) {
    if (!ArcError.is(error)) throw error;
    return { out, err, code: -1, error };
  } finally {
    process.exitCode = before;
  }
}

interface Scene {
  readonly core: TestCore;
  readonly url: string;
  readonly process: ProcessDouble;
}

/** Core's control part behind a real HTTP API, and one connected process. */
async function setUp(t: ExecutionContext): Promise<Scene> {
  const core = await startTestCore();
  const app = new Hono().route('/api', core.control.routes);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  const process = startProcessDouble(core.wsUrl);
  t.teardown(async () => {
    await process.client.close();
    server.close();
    await core.close();
  });
  await waitUntil('connected', () => core.control.processes()[0]?.upToDate);
  const port = await waitUntil('listening', () => {
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  });
  return { core, url: `http://127.0.0.1:${port}`, process };
}

// One after the other: they share this process's exit code.
test.serial('packs add: waits for the processes and says how long each took', async (t) => {
  const { url, process } = await setUp(t);
  const folder = tempDir(t, { 'fleet.yaml': packSource('1') });
  const { out, code } = await run(url, 'add', join(folder, 'fleet.yaml'));
  t.is(code, 0);
  t.regex(out[0] ?? '', /^added fleet 1 \(1 pattern, [0-9a-f]{12}\)$/);
  t.regex(out[1] ?? '', /^ {2}shop \(pid \d+\): installed in \d+ ms$/);
  t.truthy(process.holder.find('fleet.hot'));
});

test.serial('packs add: a process that cannot load it makes the command fail and says why', async (t) => {
  const { url, process } = await setUp(t);
  process.holder.put = () => {
    throw new Error('too new for me');
  };
  const folder = tempDir(t, { 'fleet.yaml': packSource('1') });
  const { out, code } = await run(url, 'add', join(folder, 'fleet.yaml'));
  t.is(code, 1);
  t.regex(out[1] ?? '', /failed: too new for me$/);
});

test.serial('packs add: a bad pack is refused with file, line and column', async (t) => {
  const { url, core } = await setUp(t);
  const folder = tempDir(t, { 'bad.yaml': packSource('1').replace('confidence: 0.99', 'confidence: 7') });
  const { err, code } = await run(url, 'add', join(folder, 'bad.yaml'));
  t.is(code, 1);
  t.regex(err.join('\n'), /^bad\.yaml:\d+:\d+ .*confidence/);
  t.deepEqual(core.control.packs(), []);
});

test.serial('packs add: --no-wait returns at once and says who was told', async (t) => {
  const { url } = await setUp(t);
  const folder = tempDir(t, { 'fleet.yaml': packSource('1') });
  const { out, code } = await run(url, 'add', '--no-wait', '--name', 'other', join(folder, 'fleet.yaml'));
  t.is(code, 0);
  t.regex(out[0] ?? '', /^added other 1 /);
  t.regex(out[1] ?? '', /: told$/);
});

test.serial('packs remove: takes the pack back, and an unknown name is an error', async (t) => {
  const { url, core, process } = await setUp(t);
  await core.add(packSource('1'));
  const { out, code } = await run(url, 'remove', 'fleet');
  t.is(code, 0);
  t.is(out[0], 'removed fleet');
  t.regex(out[1] ?? '', /: removed in \d+ ms$/);
  t.is(process.holder.find('fleet.hot'), undefined);
  t.is((await run(url, 'remove', 'fleet')).error?.code, 'ARC_NOT_FOUND');
});

test.serial('packs list and show: print what is on offer', async (t) => {
  const { url, core } = await setUp(t);
  t.regex((await run(url, 'list')).out.join('\n'), /no packs on offer/);
  await core.add(packSource('1'));
  t.regex((await run(url, 'list')).out.join('\n'), /^fleet +1 +1 pattern +[0-9a-f]{12} added 2/);
  const json: unknown = JSON.parse((await run(url, 'list', '--json')).out.join('\n'));
  t.like(json, [{ name: 'fleet', hash: core.control.packs()[0]?.hash }]);
  t.is(`${(await run(url, 'show', 'fleet')).out.join('\n')}\n`, packSource('1'));
  t.is((await run(url, 'show', 'nope')).error?.code, 'ARC_NOT_FOUND');
});

test.serial('packs rollback: the version before is back, and a second one takes that back', async (t) => {
  const { url, core, process } = await setUp(t);
  await core.add(packSource('1'));
  t.is((await run(url, 'rollback', 'fleet')).error?.code, 'ARC_NOT_FOUND');
  await core.add(packSource('2'));
  const { out, code } = await run(url, 'rollback', 'fleet');
  t.is(code, 0);
  t.regex(out[0] ?? '', /^back to fleet 1 \([0-9a-f]{12}\)$/);
  t.regex(out[1] ?? '', /: installed in \d+ ms$/);
  t.like(process.holder.packs(), [{ name: 'fleet', version: '1' }]);
  t.regex((await run(url, 'rollback', 'fleet', '--no-wait')).out[0] ?? '', /^back to fleet 2 /);
  await run(url, 'remove', 'fleet');
  t.regex((await run(url, 'rollback', 'fleet')).out[0] ?? '', /^back to fleet 2 /);
  t.like(process.holder.packs(), [{ name: 'fleet', version: '2' }]);
});

test.serial('packs: a Core that is not there is named together with what to do', async (t) => {
  const core = await startTestCore();
  await core.close();
  const url = `http://127.0.0.1:${core.control.port}`;
  const { error } = await run(url, 'list');
  t.is(error?.code, 'ARC_CORE_UNREACHABLE');
  t.regex(error?.message ?? '', /ECONNREFUSED.*`arc core`.*--core URL or ARC_CORE_URL/);
});

test.serial(
  'packs: a Core address that is no URL, and a file that is not there, are wrong usage',
  async (t) => {
    t.is((await run('localhost:8080', 'list')).error?.code, 'ARC_USAGE');
    t.is((await run('http://localhost:1', 'add', 'no-such-file.yaml')).error?.code, 'ARC_USAGE');
  },
);

test.serial('packs lint: checks files without a Core and prints every problem', async (t) => {
  const bad = packSource('1').replace('confidence: 0.99', 'confidence: 7').replace('">"', '"about"');
  const folder = tempDir(t, { 'good.yaml': packSource('1'), 'bad.yaml': bad });
  const good = await run('http://localhost:1', 'lint', join(folder, 'good.yaml'));
  t.is(good.code, 0);
  t.regex(good.out.join('\n'), /good\.yaml: fleet, 1 pattern, no problems$/);
  const both = await run('http://localhost:1', 'lint', join(folder, 'bad.yaml'), join(folder, 'good.yaml'));
  t.is(both.code, 1);
  t.is(both.err.length, 2);
  for (const line of both.err) t.regex(line, /bad\.yaml:\d+:\d+ /);
});

const TESTED = `
pack: fleet
patterns:
  - id: fleet.a
    match: { api: openai.chat.completions, model: gpt-4, temperature: { '>': 1 } }
    fix: [{ set: { temperature: 0.7 } }]
    tests:
      - { name: is cooled, request: { model: gpt-4, temperature: 2 }, expect: { params: { model: gpt-4, temperature: 0.7 } } }
      - { request: { model: gpt-4, temperature: 1 }, expect: pass }
`;

test.serial('packs test: runs the tests of files without a Core', async (t) => {
  const failing = TESTED.replace('temperature: 0.7 } } }', 'temperature: 0.6 } } }');
  const folder = tempDir(t, { 'good.yaml': TESTED, 'failing.yaml': failing, 'none.yaml': packSource('1') });
  const good = await run('http://localhost:1', 'test', join(folder, 'good.yaml'));
  t.is(good.code, 0);
  t.deepEqual(good.out, [
    'ok      fleet.a: is cooled',
    'ok      fleet.a: test 2',
    '2 tests, 2 passed, 0 failed',
  ]);
  const both = await run(
    'http://localhost:1',
    'test',
    join(folder, 'failing.yaml'),
    join(folder, 'good.yaml'),
  );
  t.is(both.code, 1);
  t.regex(both.out[0] ?? '', /^failed {2}fleet\.a: is cooled \(.*failing\.yaml:8:9\)$/);
  t.deepEqual(both.out.slice(1, 4), [
    '        expected these parameters, was repaired to others',
    '        - temperature: 0.6',
    '        + temperature: 0.7',
  ]);
  t.is(both.out.at(-1), '4 tests, 3 passed, 1 failed');
  const none = await run('http://localhost:1', 'test', join(folder, 'none.yaml'));
  t.deepEqual([none.code, none.out], [0, ['0 tests, 0 passed, 0 failed']]);
});

test.serial('packs test: prints JSON, and refuses a malformed file as lint does', async (t) => {
  const folder = tempDir(t, {
    'good.yaml': TESTED,
    'bad.yaml': TESTED.replace('expect: pass', 'expect: good'),
  });
  const { out, code } = await run('http://localhost:1', 'test', '--json', join(folder, 'good.yaml'));
  t.is(code, 0);
  const runs = JSON.parse(out.join('\n')) as readonly Record<string, unknown>[];
  t.like(runs[1], { pattern: 'fleet.a', name: 'test 2', field: 'patterns[0].tests[1]', line: 9 });
  t.deepEqual(runs[1]?.['outcome'], undefined);
  t.is(runs[1]?.['passed'], true);
  const bad = await run('http://localhost:1', 'test', join(folder, 'bad.yaml'));
  t.is(bad.code, 1);
  t.regex(bad.err.join('\n'), /bad\.yaml:9:\d+ patterns\[0\]\.tests\[1\]\.expect: must be pass, fix or/);
});

test.serial('packs lint: a failed test is a problem, a warning only where it is asked to be', async (t) => {
  const failing = TESTED.replace('temperature: 0.7 } } }', 'temperature: 0.6 } } }');
  const twice = packSource('1', 0.7, 'other');
  const folder = tempDir(t, { 'failing.yaml': failing, 'a.yaml': packSource('1'), 'b.yaml': twice });
  const failed = await run('http://localhost:1', 'lint', join(folder, 'failing.yaml'));
  t.is(failed.code, 1);
  t.regex(
    failed.err.join('\n'),
    /failing\.yaml:8:9 .*: test "is cooled" failed: .*; temperature: 0\.6 became 0\.7$/,
  );
  const files = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
  const lenient = await run('http://localhost:1', 'lint', ...files);
  t.is(lenient.code, 0);
  t.regex(
    lenient.err.join('\n'),
    /b\.yaml:5:9 patterns\[0\]\.id: warning: never acts: .*"fleet\.hot" fits too/,
  );
  t.is((await run('http://localhost:1', 'lint', '--strict', ...files)).code, 1);
});
