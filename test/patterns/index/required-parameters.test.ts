import test from 'ava';
import fc from 'fast-check';
import type { Match } from '../../../src/contract/pattern.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { compileMembers } from '../../../src/patterns/match-test.js';
import { requiredParameters } from '../../../src/patterns/index/required-parameters.js';
import { matches, requests } from './any-pattern.js';

const needs = test.macro({
  exec(t, match: Match, expected: readonly string[] | undefined) {
    t.deepEqual(requiredParameters(match), expected);
  },
  title: (_, match) => `required parameters of ${JSON.stringify(match)}`,
});
test(needs, { api: 'openai.chat.completions', seed: 7 }, ['seed']);
test(needs, { max_tokens: { '>': 4 }, 'thinking.type': 'enabled' }, ['thinking']);
test(needs, { max_tokens: { '>': 4 } }, ['max_tokens']);
test(needs, { 'params.top_k': { exists: true } }, ['top_k']);
test(needs, { seed: { '!=': 7 } }, undefined);
test(needs, { seed: { not_in: [7], type: 'integer' } }, ['seed']);
test(needs, { seed: { exists: false } }, undefined);
test(needs, { stop: { every: { item: 'a' } } }, ['stop']);
test(needs, { model: 'gpt-4', 'facts.last_role': 'user', 'context.agent': 'a' }, undefined);
test(needs, { any: [{ seed: 7 }, { n: { '>': 1 } }] }, ['seed', 'n']);
test(needs, { any: [{ seed: 7 }, { n: { exists: false } }] }, undefined);
test(needs, { 'generationConfig.topK': 3 }, undefined);

test('required parameters: no match holds for a request without any of them', (t) => {
  let checked = 0;
  fc.assert(
    fc.property(matches, requests(8), (match, views) => {
      const names = requiredParameters(match);
      if (names === undefined) return;
      const holds = compileMembers(Object.entries(match));
      for (const view of views) {
        if (names.some((name) => Object.hasOwn(view.params, name))) continue;
        checked += 1;
        t.false(holds(createFacts(view)), JSON.stringify(match));
      }
    }),
    { numRuns: 2_000, seed: 20261121 },
  );
  t.true(checked > 1_000, String(checked));
});
