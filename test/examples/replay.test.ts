import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readYaml } from '../../src/patterns/yaml-document.js';
import { arcCommand } from '../cli/commands/arc-command.js';
import { REPO_ROOT } from '../helpers/repo-root.js';

const FOLDER = join(REPO_ROOT, 'examples', '12-replay-in-ci');
const file = (name: string): string => join(FOLDER, name);

test.serial('12-replay-in-ci: the command of the page shows what the change touches', async (t) => {
  const packs = ['--pack', file('patterns.yaml'), '--against', file('patterns.before.yaml')];
  const { out, code } = await arcCommand('replay', file('requests.jsonl'), ...packs);
  t.is(code, 1);
  t.deepEqual(out, [
    'fix      summary  shop.summary.temperature@2  (before: passed)  touched: the provider answered it as it was',
    '         - temperature: 1',
    '         + temperature: 0.7',
    '3 requests: 2 would be repaired, 1 come out differently, 1 of them were answered as they were',
  ]);
  const allowed = await arcCommand('replay', file('requests.jsonl'), ...packs, '--allow-touched');
  t.is(allowed.code, 0);
});

test.serial('12-replay-in-ci: the workflow is YAML and runs commands that exist', async (t) => {
  const text = readFileSync(file('replay.yml'), 'utf8');
  t.deepEqual(readYaml(text, 'replay.yml').problems, []);
  for (const [, command = ''] of text.matchAll(/npx arc ((?:packs )?\w+)/g)) {
    const { code } = await arcCommand(...command.split(' '), '--help');
    t.is(code, 0, command);
  }
});
