import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { holder, settles } from './builtin.js';
import { generateRequest } from './generate-request.js';

test('built-in packs: every pattern is described, sourced, confident enough and unique', (t) => {
  const names = holder.packs().map(({ name }) => name);
  t.is(
    new Set(names).size,
    readdirSync(join(REPO_ROOT, 'packs')).filter((name) => name.endsWith('.yaml')).length,
  );
  for (const name of names) t.regex(name, /^arc\.[a-z][a-z-]*$/);
  t.true([...holder.definitions()].length >= 80);
  t.deepEqual(holder.conflicts(), []);
  for (const { id, description, source, confidence } of holder.definitions()) {
    t.regex(description ?? '', /^\S.*\.$/, id);
    t.regex(source ?? '', /^https:\/\//, id);
    t.true(confidence >= 0.8 && confidence < 1, id);
  }
});

test(
  'built-in packs: what they repair once needs no second repair, over generated requests',
  settles,
  generateRequest,
  1500,
);
