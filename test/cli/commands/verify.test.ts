import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { shippedFiles } from '../../../src/cli/commands/verify.js';
import { readGoldenFile } from '../../../src/cli/requests/golden-file.js';
import { tempDir } from '../../helpers/temp-dir.js';
import { arcCommand } from './arc-command.js';

const HEALTHY = `family: own
requests:
  - { name: plain, class: none, provider: openai, api: openai.chat.completions, expect: pass, body: { model: gpt-4o, messages: [] } }
`;

test.serial('arc verify: no shipped healthy request is touched', async (t) => {
  const { out, err, code } = await arcCommand('verify');
  t.deepEqual(err, []);
  t.is(code, 0);
  const families = out.filter((line) => /^\w[\w -]*: \d+ of \d+ known failures? as expected/.test(line));
  t.is(families.length, shippedFiles().length, out.join('\n'));
  // How many known failures are repaired is the business of `npm run efficacy`.
  for (const line of families) t.regex(line, /, (\d+) of \1 healthy requests? left alone$/);
  t.is(out.at(-1), 'No healthy request was touched.');
});

test.serial('arc verify --json: one object a request', async (t) => {
  const { out } = await arcCommand('verify', '--json');
  const results = out.map((line) => JSON.parse(line) as { expect: string; verdict: string; name: string });
  t.is(results.length, shippedFiles().flatMap((file) => readGoldenFile(file).requests).length);
  for (const { expect, verdict, name } of results) if (expect === 'pass') t.is(verdict, 'right', name);
  t.true(results.some(({ expect, verdict }) => expect === 'fix' && verdict === 'right'));
});

test.serial('arc verify: a pack that touches a healthy request is found', async (t) => {
  const [file, pack] = [join(tempDir(t), 'own.yaml'), join(tempDir(t), 'pack.yaml')];
  writeFileSync(file, HEALTHY);
  writeFileSync(
    pack,
    'patterns: [{ id: own.seed, match: { seed: { exists: false } }, fix: [{ set: { seed: 1 } }] }]',
  );
  const { out, code } = await arcCommand('verify', file, '--pack', pack);
  t.is(code, 1);
  t.deepEqual(out, [
    'own: 0 of 0 known failures as expected, 0 of 1 healthy request left alone',
    '  touched  plain  own.seed@1',
    '           + seed: 1',
    '1 healthy request would be touched.',
  ]);
});

test.serial('arc verify: a file that is malformed is told of with its place', async (t) => {
  const file = join(tempDir(t), 'own.yaml');
  writeFileSync(file, HEALTHY.replace('expect: pass', 'expects: pass'));
  const { err, code } = await arcCommand('verify', file);
  t.is(code, 1);
  t.regex(err.join('\n'), /own\.yaml:3:\d+ requests\[0\]\.expects: unknown key\. Accepted: name, /);
  t.regex(err.join('\n'), /requests\[0\]\.expect: must be pass, fix or lossy; received undefined/);
});
