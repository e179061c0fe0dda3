import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { runTest } from '../../src/fixes/run-test.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf } from '../../src/patterns/pattern-tests.js';
import { REPO_ROOT } from '../helpers/repo-root.js';

const folder = join(REPO_ROOT, 'packs');
const files = readdirSync(folder).filter((name) => /^(?:anthropic|bedrock).*\.yaml$/.test(name));

for (const file of files) {
  const text = readPackText(readFileSync(join(folder, file), 'utf8'), file);
  const examples = testsOf(text);

  test(`built-in packs: the examples of ${file} come out as they say`, (t) => {
    for (const { pattern, test: example } of examples) {
      const outcome = runTest(pattern, example);
      t.true(outcome.passed, `${pattern.id}: ${JSON.stringify(outcome)}`);
    }
  });

  test(`built-in packs: every pattern of ${file} shows a failing request and a healthy one`, (t) => {
    const failing = new Set(
      examples.filter((one) => one.test.expect !== 'pass').map((one) => one.pattern.id),
    );
    const healthy = new Set(
      examples.filter((one) => one.test.expect === 'pass').map((one) => one.pattern.id),
    );
    const ids = [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}- id: (\S+)$/gm)].map(
      ([, id]) => id ?? '',
    );
    t.deepEqual(
      ids.filter((id) => !failing.has(id) || !healthy.has(id)),
      [],
    );
  });
}
