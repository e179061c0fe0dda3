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
