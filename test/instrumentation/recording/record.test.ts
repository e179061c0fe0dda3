import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { PACKAGE_ROOT } from '../../../src/contract/package-info.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { spawnProgram } from '../../helpers/spawn-program.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { waitUntil } from '../../helpers/wait-until.js';

const messages = [{ role: 'user' as const, content: 'Name river 7.' }];

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.after.always(() => rig.close());

/** The lines of a file once it has so many. */
async function lines(file: string, count: number): Promise<readonly unknown[]> {
  const read = (): readonly string[] =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  await waitUntil(`${count} lines in ${file}`, () => read().length >= count);
  return read().map((line) => JSON.parse(line) as unknown);
}

test.serial('record: the request as the application made it, masked, and how it was refused', async (t) => {
  const file = join(tempDir(t), 'requests.jsonl');
  rig.arc.registerPattern({ id: 'test.hot', pattern: { temperature: 1.5 }, fix: { temperature: 0.7 } });
  rig.arc.setConfig({ builtinPack: false, record: file });
  await rig.openai().chat.completions.create({ model: 'gpt-4o', messages, temperature: 1.5 });
  await t.throwsAsync(rig.openai().chat.completions.create({ model: 'o3', messages, max_tokens: 5 }));
  rig.arc.setConfig({ builtinPack: false });
  await rig.openai().chat.completions.create({ model: 'gpt-4o', messages, seed: 3 });
  const [answered, refused, ...rest] = await lines(file, 2);
  const masked = [{ role: 'user', content: 'Xxxx xxxxx 0.' }];
  t.deepEqual(answered, {
    provider: 'openai',
    api: 'openai.chat.completions',
    body: { model: 'gpt-4o', messages: masked, temperature: 1.5 },
  });
  t.like(refused, { body: { model: 'o3', messages: masked, max_tokens: 5 }, error: { status: 400 } });
  t.deepEqual(rest, []);
});

test.serial(
  'record: content as it is where that is asked for; a file that cannot be written disturbs nothing',
  async (t) => {
    const folder = tempDir(t);
    const file = join(folder, 'plain.jsonl');
    rig.arc.setConfig({ builtinPack: false, record: file, recordContent: true });
    await rig.openai().chat.completions.create({ model: 'gpt-4o', messages });
    t.like((await lines(file, 1))[0], { body: { messages } });
    rig.arc.setConfig({ builtinPack: false, record: folder });
    const answer = await rig.openai().chat.completions.create({ model: 'gpt-4o', messages });
    t.is(answer.choices.length, 1);
    rig.arc.setConfig({ builtinPack: false });
  },
);

test.serial('arc record: runs a program, hands its exit code on, and says what to do next', async (t) => {
  const file = join(tempDir(t), 'requests.jsonl');
  const main = join(PACKAGE_ROOT, 'dist', 'src', 'cli', 'main.js');
  const calls = join(PACKAGE_ROOT, 'test', 'programs', 'both-sdks.cjs');
  const env = {
    ...{ OPENAI_BASE_URL: `${rig.models.url}/v1`, OPENAI_API_KEY: 'test' },
    ...{ ANTHROPIC_BASE_URL: rig.models.url, ANTHROPIC_API_KEY: 'test' },
  };
  const args = [main, 'record', '-o', file, '--', process.execPath, calls];
  const { code, stderr } = await spawnProgram(t, { args, env }).result;
  t.is(code, 0, stderr);
  t.regex(stderr, /arc: requests are in .*requests\.jsonl; `arc check /);
  const apis = (await lines(file, 2)).map((line) => (line as { api: string }).api);
  t.deepEqual([...new Set(apis)].sort(), ['anthropic.messages', 'openai.chat.completions']);
  const nothing = [main, 'record', '-o', file, '--', process.execPath, '-e', 'process.exit(7)'];
  const failed = await spawnProgram(t, { args: nothing, env }).result;
  t.is(failed.code, 7);
  t.regex(failed.stderr, /arc: no request was recorded/);
  const missing = await spawnProgram(t, { args: [main, 'record', '--', '/nowhere/at-all'], env }).result;
  t.is(missing.code, 2);
  t.regex(missing.stderr, /arc: cannot run \/nowhere\/at-all: ENOENT/);
});
