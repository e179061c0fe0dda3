import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { tempDir } from '../../helpers/temp-dir.js';
import { arcCommand, type CommandRun } from './arc-command.js';

const messages = [{ role: 'user', content: 'Name a river.' }];
const api = 'openai.chat.completions';
const ANSWERED = { id: 'answered', provider: 'openai', api, body: { model: 'gpt-4o', messages, seed: 1 } };
const REFUSED = { ...ANSWERED, id: 'refused', error: { status: 400, message: 'no seed today' } };
const REPAIRED = { id: 'repaired', provider: 'openai', api, body: { model: 'o3', messages, max_tokens: 5 } };

const OLD = 'patterns: [{ id: own.seed, match: { seed: 1 }, fix: [{ set: { seed: 2 } }] }]';
const NEW = 'patterns: [{ id: own.seed, version: 2, match: { seed: 1 }, fix: [{ unset: [seed] }] }]';

/** Runs `arc replay` with packs of these texts. */
async function replay(
  t: Parameters<typeof tempDir>[0],
  lines: readonly object[],
  packs: { readonly pack: string; readonly against?: string },
  ...flags: readonly string[]
): Promise<CommandRun> {
  const folder = tempDir(t);
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const file = write('requests.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
  const against = packs.against === undefined ? [] : ['--against', write('old.yaml', packs.against)];
  return arcCommand('replay', file, '--pack', write('new.yaml', packs.pack), ...against, ...flags);
}

test.serial('arc replay: shows what comes out differently, and fails where it was answered', async (t) => {
  const { out, err, code } = await replay(t, [ANSWERED, REFUSED, REPAIRED], { pack: NEW });
  t.deepEqual(err, []);
  t.is(code, 1);
  t.deepEqual(out, [
    'fix      answered  own.seed@2  (before: passed)  touched: the provider answered it as it was',
    '         - seed: 1',
    'fix      refused  own.seed@2  (before: passed)',
    '         - seed: 1',
    '3 requests: 3 would be repaired, 2 come out differently, 1 of them were answered as they were',
  ]);
});

test.serial(
  'arc replay --against: from what the old pack would send to what the new one would',
  async (t) => {
    const { out, code } = await replay(t, [REFUSED], { pack: NEW, against: OLD });
    t.is(code, 0);
    t.deepEqual(out.slice(0, 2), [
      'fix      refused  own.seed@2  (before: fix by own.seed@1)',
      '         - seed: 2',
    ]);
  },
);

test.serial('arc replay --json --allow-touched: lines for a program, the summary beside them', async (t) => {
  const { out, err, code } = await replay(t, [ANSWERED], { pack: NEW }, '--json', '--allow-touched');
  t.is(code, 0);
  t.is(out.length, 1);
  t.like(JSON.parse(out[0] ?? ''), {
    id: 'answered',
    touched: true,
    before: { decision: 'pass' },
    after: { decision: 'fix' },
    difference: [{ path: 'seed', before: 1 }],
  });
  t.regex(err.join(), /^1 request: 1 would be repaired/);
});

test.serial('arc replay: the same packs on both sides change nothing', async (t) => {
  const { out, code } = await replay(t, [ANSWERED, REPAIRED], { pack: OLD, against: OLD });
  t.is(code, 0);
  t.deepEqual(out, [
    '2 requests: 2 would be repaired, 0 come out differently, 0 of them were answered as they were',
  ]);
});
