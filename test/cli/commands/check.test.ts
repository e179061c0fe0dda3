import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { tempDir } from '../../helpers/temp-dir.js';
import { arcCommand, type CommandRun } from './arc-command.js';

const o3 = { model: 'o3', messages: [{ role: 'user', content: 'Name a river.' }], max_tokens: 5 };
const FAILING = { id: 'a', provider: 'openai', api: 'openai.chat.completions', body: o3 };
const HEALTHY = { api: 'openai.chat.completions', body: { model: 'gpt-4o', messages: o3.messages } };

/** Runs `arc check` over a file of these lines. */
async function check(
  t: Parameters<typeof tempDir>[0],
  lines: readonly unknown[],
  ...flags: readonly string[]
): Promise<CommandRun> {
  const file = join(tempDir(t), 'requests.jsonl');
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  const { err, ...run } = await arcCommand('check', file, ...flags);
  return { ...run, err: err.map((line) => line.replaceAll(file, 'FILE')) };
}

test.serial('arc check: decision, patterns, differences and the repaired body of each request', async (t) => {
  const { out, err, code } = await check(t, [FAILING, '', HEALTHY]);
  t.is(code, 0);
  t.deepEqual(err, []);
  t.deepEqual(out, [
    'fix      a  openai.reasoning.max-tokens@2',
    '         - max_tokens: 5',
    '         + max_completion_tokens: 5',
    '         {"model":"o3","messages":[{"role":"user","content":"Name a river."}],"max_completion_tokens":5}',
    'pass     line 3',
    '2 requests: 1 would be repaired, 0 matched and held back, 1 pass',
  ]);
});

test.serial('arc check --json: one object a line', async (t) => {
  const { out, code } = await check(t, [FAILING, HEALTHY], '--json');
  t.is(code, 0);
  const [fixed, passed] = out.map((line) => JSON.parse(line) as Record<string, unknown>);
  t.like(fixed, { id: 'a', decision: 'fix', decisions: [{ pattern: 'openai.reasoning.max-tokens' }] });
  t.deepEqual(fixed?.['changes'], [
    { path: 'max_tokens', before: 5 },
    { path: 'max_completion_tokens', after: 5 },
  ]);
  t.deepEqual(passed, { id: 'line 2', decision: 'pass', body: HEALTHY.body, decisions: [], changes: [] });
});

test.serial('arc check: a line that is no request is told of, and the others are still read', async (t) => {
  const { out, err, code } = await check(t, ['{', { api: 7 }, { api: 'openai.chat.completions' }, HEALTHY]);
  t.is(code, 1);
  t.regex(err[0] ?? '', /^FILE:1:1 not JSON: /);
  t.deepEqual(err.slice(1), [
    'FILE:2:1 api: must be a text, such as openai.chat.completions; received 7',
    'FILE:3:1 body: must be the parameters of the request; received undefined',
  ]);
  t.is(out.at(-1), '4 requests: 0 would be repaired, 0 matched and held back, 1 pass, 3 lines not read');
});

test.serial('arc check: an API without patterns is named', async (t) => {
  const { err, code } = await check(t, [{ api: 'somebody.else', body: {} }]);
  t.is(code, 0);
  t.deepEqual(err, ['no patterns can be for somebody.else: Arc does not know this API']);
});

test.serial('arc check: own patterns, without the built-in ones, and a floor of confidence', async (t) => {
  const pack = join(tempDir(t), 'own.yaml');
  writeFileSync(
    pack,
    'patterns: [{ id: own.seed, match: { seed: { exists: false } }, fix: [{ set: { seed: 1 } }], confidence: 0.9 }]',
  );
  const held = await check(t, [FAILING], '--pack', pack, '--no-builtin', '--min-confidence', '0.95');
  t.is(held.out[0], 'bypass   a  own.seed@1 (low_confidence)');
  const fixed = await check(t, [FAILING], '--pack', pack, '--no-builtin');
  t.deepEqual(fixed.out.slice(0, 2), ['fix      a  own.seed@1', '         + seed: 1']);
});

test.serial('arc check: wrong usage', async (t) => {
  t.is((await check(t, [], '--min-confidence', '7')).code, 2);
  t.is((await check(t, [], '--pack', '/nowhere/at-all.yaml')).code, 2);
});

test.serial('arc check: a refusal that names its remedy would teach it', async (t) => {
  const error = { status: 400, message: "Unsupported parameter: 'top_k' is not supported with this model." };
  const refused = { id: 'b', provider: 'vllm', api: HEALTHY.api, body: { ...HEALTHY.body, top_k: 3 }, error };
  const { out, code } = await check(t, [refused]);
  t.is(code, 0);
  t.is(out[0], 'pass     b');
  t.regex(out[1] ?? '', /^ {9}would be learned: learned\.vllm\./);
  t.is(out[2], '         - top_k: 3');
  t.regex(out[3] ?? '', /1 pass, 1 would teach a repair$/);
  const json = await check(t, [refused], '--json');
  t.like(JSON.parse(json.out[0] ?? ''), { decision: 'pass', learned: { body: HEALTHY.body } });
});
