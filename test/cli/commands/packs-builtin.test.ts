import test from 'ava';
import { arcCommand } from './arc-command.js';

test.serial('arc packs list --builtin: the packs that ship, and their patterns', async (t) => {
  const { out, code } = await arcCommand('packs', 'list', '--builtin');
  t.is(code, 0);
  t.true(
    out.some((line) => /^arc\.openai +\d+\.\d+\.\d+ +\d+ patterns$/.test(line)),
    out.join('\n'),
  );
  const { out: patterns } = await arcCommand('packs', 'list', '--builtin', '--patterns', '--json');
  const ids = (JSON.parse(patterns.join('')) as { id: string }[]).map(({ id }) => id);
  t.true(ids.includes('openai.reasoning.max-tokens'));
  const { out: lines } = await arcCommand('packs', 'list', '--patterns');
  t.is(lines.length, ids.length);
});

test.serial('arc packs show: a pack that ships as it is written, and one pattern of it', async (t) => {
  const { out, code } = await arcCommand('packs', 'show', 'arc.openai');
  t.is(code, 0);
  t.true(out.includes('pack: arc.openai'));
  const one = await arcCommand('packs', 'show', 'openai.reasoning.max-tokens');
  t.is(one.out[0], '  - id: openai.reasoning.max-tokens');
});

test.serial('arc packs test: without a file, the tests of the packs that ship', async (t) => {
  const { out, code } = await arcCommand('packs', 'test');
  t.is(code, 0, out.filter((line) => !line.startsWith('ok')).join('\n'));
  t.regex(out.at(-1) ?? '', /^\d+ tests?, \d+ passed, 0 failed$/);
});
