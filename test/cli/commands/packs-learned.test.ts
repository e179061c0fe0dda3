import test, { type ExecutionContext } from 'ava';
import { join } from 'node:path';
import { callSpan, LEARNED, learnedEvent, startTestCore } from '../../collector/fixtures.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { arcCommand, type CommandRun } from './arc-command.js';

const EVIL = 'first line\n  - id: forged\u001b[31m';

async function learned(
  t: ExecutionContext,
  isEmpty = false,
): Promise<(...flags: string[]) => Promise<CommandRun>> {
  const core = await startTestCore(t);
  if (!isEmpty) core.store.writeSpans([callSpan({}, { events: [learnedEvent(LEARNED, EVIL)] })]);
  return (...flags) =>
    arcCommand('packs', 'learned', '--core', `http://127.0.0.1:${core.ports.web}`, ...flags);
}

test.serial('packs learned: each pattern with its evidence', async (t) => {
  const { out, code } = await (await learned(t))();
  t.is(code, 0);
  const text = out.join('\n');
  t.true(text.startsWith(`${LEARNED.id}\n  ${LEARNED.description}\n`));
  t.regex(text, /refused {3}400 first line - id: forged/);
  t.regex(text, /learned {3}1 time by shop, last 20/);
  t.regex(text, /repaired {2}0 calls since/);
  t.false(text.includes('\u001b'));
});

test.serial('packs learned --json: as the API answers', async (t) => {
  const { out } = await (await learned(t))('--json');
  t.like(JSON.parse(out.join('\n')), [{ patternId: LEARNED.id, pattern: LEARNED, times: 1 }]);
});

test.serial('packs learned --yaml: a pack file that lint takes', async (t) => {
  const { out, code } = await (await learned(t))('--yaml');
  t.is(code, 0);
  const folder = tempDir(t, { 'learned.yaml': `${out.join('\n')}\n` });
  const linted = await arcCommand('packs', 'lint', '--strict', join(folder, 'learned.yaml'));
  t.deepEqual([linted.code, linted.err], [0, []]);
  t.regex(linted.out.join('\n'), /1 pattern/);
});

test.serial(
  'packs learned: says how to begin where nothing was learned, and makes no empty pack',
  async (t) => {
    const run = await learned(t, true);
    t.regex((await run()).out.join(), /ARC_HEAL=true/);
    t.is((await run()).code, 0);
    t.deepEqual(JSON.parse((await run('--json')).out.join()), []);
    const { out, err, code } = await run('--yaml');
    t.deepEqual([out, err.length, code], [[], 1, 1]);
  },
);
