import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { runTest } from '../../src/fixes/run-test.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf } from '../../src/patterns/pattern-tests.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { deepFreeze } from './freeze.js';

const folder = join(REPO_ROOT, 'packs');

/** Failing examples of these are too long for a pack and stand in tests of code. */
const LONG: readonly string[] = [
  'google.prompt.oldest-turns',
  'ollama.context.prompt-cut',
  'ollama.context.generate-prompt-cut',
  'openai.embeddings.input-too-long',
  'openai.prompt.over-window',
  'openai.tools.long-description',
  'openai.tools.too-many',
  'responses.tools.too-many',
];

/** Packs whose every pattern has both. */
const EACH = /^(?:anthropic|bedrock|google)/;

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const pack = readPackText(readFileSync(join(folder, file), 'utf8'), file);
  const tests = testsOf(pack);
  test(`built-in packs: ${file} does what its own tests say`, (t) => {
    for (const { pattern, test: example } of tests) {
      const outcome = runTest(pattern, deepFreeze(example));
      const what = `${pattern.id} ${example.name ?? JSON.stringify(example.request)}`;
      t.true(outcome.passed, outcome.passed ? '' : `${what}: ${outcome.message}`);
    }
    t.pass();
  });
  test(`built-in packs: patterns of ${file} that have tests have a failing and a healthy one`, (t) => {
    for (const pattern of pack.pack.patterns) {
      const expected = tests
        .filter(({ pattern: { id } }) => id === pattern.id)
        .map(({ test: { expect } }) => expect);
      if (expected.length === 0 && !EACH.test(file)) continue;
      t.true(expected.includes('pass'), `${pattern.id} has no healthy example`);
      t.true(
        LONG.includes(pattern.id) || expected.some((expect) => expect !== 'pass'),
        `${pattern.id} has no failing example`,
      );
    }
    t.pass();
  });
}
