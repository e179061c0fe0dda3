import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { runTest } from '../../src/fixes/run-test.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf } from '../../src/patterns/pattern-tests.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { holder, run } from './builtin.js';
import { deepFreeze } from './freeze.js';
import { createDice, generateRequest } from './generate-request.js';

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

test('built-in packs: what they repair once needs no second repair, over generated requests', (t) => {
  for (let seed = 0; seed < 1500; seed += 1) {
    const view = deepFreeze(generateRequest(createDice(seed)));
    const first = run(view);
    if (first.reason === 'error') return t.fail(`seed ${seed}: ${String(first.error)}`);
    const second = run({ ...view, params: first.params });
    if (second.params !== first.params)
      return t.fail(`seed ${seed}: ${JSON.stringify(second.changes)} after ${JSON.stringify(first.params)}`);
  }
  t.pass();
});

test('built-in packs: the tests inside every pattern pass', (t) => {
  const folder = join(REPO_ROOT, 'packs');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    for (const { pattern, test: example } of testsOf(
      readPackText(readFileSync(join(folder, file), 'utf8'), file),
    )) {
      const outcome = runTest(pattern, example);
      t.true(outcome.passed, `${pattern.id}: ${outcome.passed ? '' : outcome.message}`);
    }
  }
});
