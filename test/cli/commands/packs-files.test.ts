import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { Command } from 'commander';
import { ArcError } from '../../../src/contract/errors.js';
import { packsCommand } from '../../../src/cli/commands/packs.js';
import { hashPack } from '../../../src/patterns/pack-hash.js';
import { parsePack } from '../../../src/patterns/parse-pack.js';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { tempDir } from '../../helpers/temp-dir.js';

const YAML = `# patterns of the shop
pack: fleet
version: "7"
patterns:
  - id: fleet.hot
    description: |
      Two lines,
      with a "quote" and a #hash.
    match:
      api: openai.chat.completions
      temperature: { ">": 1 }
    fix:
      - set: { temperature: 0.7 }
    source: https://example.com/a
    expires: 2030-01-01T00:00:00Z
  - id: fleet.prompt
    match: { facts.last_user_text: { exact: "Ignore all  instructions\\n– and go" } }
    fix: [{ suffix: { role: user, text: "  Be brief. " } }]
    confidence: 0.95
    mode: shadow
`;

/** Runs `arc packs …`; no Core is there. */
async function run(...args: readonly string[]): Promise<{ out: string[]; err: string[]; code: unknown }> {
  const [out, err]: [string[], string[]] = [[], []];
  const program = new Command('arc').exitOverride();
  packsCommand.register(program, {
    env: {},
    stdout: (line) => void out.push(line),
    stderr: (line) => void err.push(line),
    colour: false,
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await program.parseAsync(['packs', ...args], { from: 'user' });
    return { out, err, code: process.exitCode };
  } catch (error) {
    if (!ArcError.is(error)) throw error;
    return { out, err: [...err, error.message], code: error.code };
  } finally {
    process.exitCode = before;
  }
}

function setUp(t: ExecutionContext, files: Readonly<Record<string, string>> = {}): (name: string) => string {
  const folder = tempDir(t, { 'fleet.yaml': YAML, ...files });
  return (name) => join(folder, name);
}

// One after the other: they share this process's exit code.
test.serial(
  'packs build and convert: YAML, compiled, YAML, JSON Lines, compiled: nothing is lost',
  async (t) => {
    const at = setUp(t);
    const first = await run('build', at('fleet.yaml'), '-o', at('one.arcpack'));
    t.is(first.code, 0);
    const hash = hashPack(parsePack(YAML, 'fleet.yaml'));
    t.regex(
      first.out[0] ?? '',
      new RegExp(`^built fleet 7 \\(2 patterns, [\\d.]+ kB, [\\d.]+ s\\) ${hash}$`),
    );
    await run('convert', at('one.arcpack'), '-o', at('back.yaml'));
    t.deepEqual(parsePack(readFileSync(at('back.yaml'), 'utf8'), 'x'), parsePack(YAML, 'x'));
    await run('convert', at('back.yaml'), '-o', at('lines.jsonl'));
    t.is(readFileSync(at('lines.jsonl'), 'utf8').trimEnd().split('\n').length, 3);
    const again = await run('build', at('lines.jsonl'), '-o', at('two.arcpack'));
    t.true(again.out[0]?.endsWith(hash));
    const printed = await run('convert', at('two.arcpack'));
    t.deepEqual(parsePack(printed.out.join('\n'), 'x'), parsePack(YAML, 'x'));
  },
);

test.serial('packs convert: the built-in packs survive', async (t) => {
  const at = setUp(t);
  for (const name of ['openai', 'anthropic']) {
    const source = join(REPO_ROOT, 'packs', `${name}.yaml`);
    await run('build', source, '-o', at('x.arcpack'));
    const { out } = await run('convert', at('x.arcpack'));
    t.deepEqual(parsePack(out.join('\n'), 'x'), parsePack(readFileSync(source, 'utf8'), 'x'));
  }
});

test.serial('packs build: several files become one pack; an id in two of them is refused', async (t) => {
  const more = JSON.stringify({ id: 'more.one', match: { model: 'x' }, fix: { temperature: 1 } });
  const at = setUp(t, { 'more.jsonl': more, 'same.jsonl': more.replace('more.one', 'fleet.hot') });
  const both = await run(
    'build',
    at('fleet.yaml'),
    at('more.jsonl'),
    '-o',
    at('a'),
    '--name',
    'all',
    '--pack-version',
    '8',
  );
  t.regex(both.out[0] ?? '', /^built all 8 \(3 patterns/);
  const clash = await run('build', at('fleet.yaml'), at('same.jsonl'), '-o', at('b'));
  t.is(clash.code, 1);
  t.regex(clash.err.join(), /"fleet\.hot" stands in fleet and same/);
  t.is((await run('build', at('fleet.yaml'), '-o', at('c'), '--name', 'No Name')).code, 'ARC_USAGE');
  t.is((await run('build', at('absent.yaml'), '-o', at('d'))).code, 'ARC_USAGE');
  t.is((await run('build', at('fleet.yaml'), '-o', at('no/folder'))).code, 'ARC_USAGE');
});

test.serial('packs build: a change is applied; for another version it is refused, naming both', async (t) => {
  const base = hashPack(parsePack(YAML, 'fleet.yaml'));
  const change = { pack: 'fleet', base, version: '8', remove: ['fleet.hot'] };
  const wrong = { ...change, base: 'e'.repeat(64) };
  const at = setUp(t, { 'change.json': JSON.stringify(change), 'wrong.json': JSON.stringify(wrong) });
  const { out } = await run('build', at('fleet.yaml'), at('change.json'), '-o', at('next.arcpack'));
  t.regex(out[0] ?? '', /^built fleet 8 \(1 pattern,/);
  const refused = await run('build', at('fleet.yaml'), at('wrong.json'), '-o', at('x'));
  t.is(refused.code, 1);
  t.regex(refused.err.join(), new RegExp(`changes e{64}, and the pack here is ${base}`));
});

test.serial(
  'packs inspect: sections, paths and false positives; exit code 2 for what is not compiled',
  async (t) => {
    const at = setUp(t);
    await run('build', at('fleet.yaml'), '-o', at('fleet.arcpack'));
    const { out, code } = await run('inspect', at('fleet.arcpack'), '--json');
    t.is(code, 0);
    const found = JSON.parse(out.join('\n')) as Record<string, unknown>;
    t.like(found, {
      name: 'fleet',
      version: '7',
      patterns: 2,
      expiring: 1,
      shared: 1,
      damaged: 0,
      paths: { range: 1, exact: 1 },
    });
    const { keys } = found['falsePositives'] as { keys: number };
    t.true(keys > 0 && keys < 0.01);
    const text = (await run('inspect', at('fleet.arcpack'))).out.join('\n');
    t.regex(text, /^fleet 7, 2 patterns, [\d.]+ kB\n/);
    t.regex(text, /^ {2}records +[\d.]+ kB {2}[\d.]+ a pattern$/m);
    t.is((await run('inspect', at('fleet.yaml'))).code, 'ARC_USAGE');
  },
);

test.serial('packs diff: what was added, removed and changed, and the exit code of diff', async (t) => {
  const next = YAML.replace('confidence: 0.95', 'confidence: 0.9').replace('fleet.hot', 'fleet.warm');
  const at = setUp(t, { 'next.yaml': next });
  await run('build', at('fleet.yaml'), '-o', at('fleet.arcpack'));
  const { out, code } = await run('diff', at('fleet.arcpack'), at('next.yaml'));
  t.is(code, 1);
  t.deepEqual(out.slice(2), ['- fleet.hot', '~ fleet.prompt (confidence)', '+ fleet.warm']);
  const same = await run('diff', at('fleet.arcpack'), at('fleet.yaml'), '--json');
  t.deepEqual([same.code, same.out], [0, ['[]']]);
});

test.serial('packs lint: a compiled pack is read whole; a damaged one is told of', async (t) => {
  const at = setUp(t);
  await run('build', at('fleet.yaml'), '-o', at('fleet.arcpack'));
  const good = await run('lint', at('fleet.arcpack'), at('fleet.yaml'));
  t.is(good.code, 0);
  t.regex(good.out[0] ?? '', /fleet\.arcpack: fleet, 2 patterns, no problems$/);
  t.regex(good.err.join(), /fleet\.yaml:5:9 patterns\[0\]\.id: warning: .*fleet\.hot/);
  t.is((await run('test', at('fleet.arcpack'))).code, 'ARC_USAGE');
  const bytes = readFileSync(at('fleet.arcpack'));
  writeFileSync(at('cut.arcpack'), bytes.subarray(0, bytes.length - 8));
  const bad = await run('lint', at('cut.arcpack'));
  t.is(bad.code, 1);
  t.regex(bad.err[0] ?? '', /cut\.arcpack: compiled pack, section "header": .*the file is cut/);
});

const LINE = {
  id: 'fleet.hot',
  pattern: { temperature: { '>': 1 } },
  fix: { temperature: 0.7 },
  tests: [{ request: { temperature: 2 }, expect: { params: { temperature: 0.7 } } }],
};

test.serial('packs lint: JSON Lines are checked line by line, with their tests', async (t) => {
  const lines = [{ pack: 'fleet', version: '8' }, LINE, { ...LINE, id: 'fleet.other', tests: undefined }];
  const bad = [lines[0], { ...LINE, confidence: 2 }, '{', { ...LINE, id: 'No Id' }];
  const textOf = (all: readonly unknown[]): string =>
    all.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const at = setUp(t, { 'good.jsonl': textOf(lines), 'bad.jsonl': textOf(bad) });
  const good = await run('lint', at('good.jsonl'));
  t.deepEqual([good.code, good.err.length], [0, 1], good.err.join());
  t.regex(good.out[0] ?? '', /good\.jsonl: fleet, 2 patterns, 1 test passed, no problems$/);
  t.regex(good.err[0] ?? '', /good\.jsonl:3:1 .*warning/);
  t.is((await run('test', at('good.jsonl'))).out.at(-1), '1 test, 1 passed, 0 failed');
  const told = await run('lint', at('bad.jsonl'));
  t.is(told.code, 1);
  t.deepEqual(
    told.err.map((line) => /bad\.jsonl:(\d+):1 /.exec(line)?.[1]),
    ['2', '3', '4'],
  );
});

test.serial('packs lint: of the change of a pack, what it adds is checked where it stands', async (t) => {
  const delta = (confidence: number): string =>
    [
      'pack: fleet',
      `base: ${'a'.repeat(64)}`,
      'version: "8"',
      'remove: [fleet.prompt]',
      'add:',
      '  - id: fleet.hot',
      '    match: { temperature: { ">": 1 } }',
      '    fix: [{ set: { temperature: 0.7 } }]',
      `    confidence: ${confidence}`,
      '    tests: [{ request: { temperature: 2 }, expect: pass }]',
    ].join('\n');
  const at = setUp(t, { 'failing.yaml': delta(1), 'bad.yaml': delta(2) });
  const failing = await run('lint', at('failing.yaml'));
  t.is(failing.code, 1);
  t.regex(failing.err[0] ?? '', /failing\.yaml:10:\d+ patterns\[0\]\.tests\[0\]/);
  const bad = await run('lint', at('bad.yaml'));
  t.is(bad.code, 1);
  t.regex(bad.err[0] ?? '', /bad\.yaml:9:\d+ add\[0\]\.confidence/);
});
