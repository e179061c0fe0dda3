import test from 'ava';
import fc from 'fast-check';
import type { Match } from '../../../src/contract/pattern.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { hasFinding } from '../../../src/patterns/findings/findings.js';
import { compileMembers } from '../../../src/patterns/match-test.js';
import { needsOf, type Needs, type ParameterName } from '../../../src/patterns/index/needs.js';
import { own } from '../../../src/patterns/own.js';
import { matches, requests } from './any-pattern.js';

const needs = test.macro({
  exec(t, match: Match, expected: Partial<Needs> | undefined) {
    t.deepEqual(needsOf(match), expected && { parameters: [], findings: [], ...expected });
  },
  title: (_, match) => `needs of ${JSON.stringify(match)}`,
});
const finding = (name: string) => ({ 'facts.findings': { contains: name } });

test(needs, { api: 'openai.chat.completions', seed: 7 }, { parameters: [['seed']] });
test(needs, { max_tokens: { '>': 4 }, 'thinking.type': 'on' }, { parameters: [['thinking', 'type']] });
test(needs, { max_tokens: { '>': 4 } }, { parameters: [['max_tokens']] });
test(needs, { 'params.top_k': { exists: true } }, { parameters: [['top_k']] });
test(needs, { seed: { '!=': 7 } }, undefined);
test(needs, { seed: { not_in: [7], type: 'integer' } }, { parameters: [['seed']] });
test(needs, { seed: { exists: false } }, undefined);
test(needs, { stop: { every: { item: 'a' } } }, { parameters: [['stop']] });
test(needs, { model: 'gpt-4', 'facts.last_role': 'user', 'context.agent': 'a' }, undefined);
test(needs, { any: [{ seed: 7 }, { n: { '>': 1 } }] }, { parameters: [['seed'], ['n']] });
test(needs, { any: [{ seed: 7 }, { n: { exists: false } }] }, undefined);
test(needs, { not: { seed: 7 } }, undefined);
test(
  needs,
  { all: [{ any: [{ seed: 7 }, { n: 2 }] }, { model: 'gpt-4' }] },
  { parameters: [['seed'], ['n']] },
);
test(needs, finding('empty_stop'), { findings: ['empty_stop'] });
test(needs, { ...finding('empty_stop'), seed: 7 }, { parameters: [['seed']] });
test(needs, { ...finding('empty_stop'), stream: true }, { findings: ['empty_stop'] });
test(needs, { 'facts.findings': { contains: 'empty_stop', length: 1 } }, undefined);
test(
  needs,
  { any: [finding('empty_stop'), finding('many_stops'), { 'stop.length': 9 }] },
  { parameters: [['stop', 'length']], findings: ['empty_stop', 'many_stops'] },
);
test(
  needs,
  { 'generationConfig.topK': 3 },
  {
    parameters: ['generationConfig', 'generation_config', 'config'].flatMap((parameter) => [
      [parameter, 'topK'] as const,
      [parameter, 'top_k'] as const,
    ]),
  },
);

test('needs: no match holds for a request that has none of them', (t) => {
  let checked = 0;
  fc.assert(
    fc.property(matches, requests(8), (match, views) => {
      const names = needsOf(match);
      if (names === undefined) return;
      const holds = compileMembers(Object.entries(match));
      for (const view of views) {
        const isThere = ([parameter, field]: ParameterName): boolean => {
          const value = own(view.params, parameter);
          return field === undefined ? value !== undefined : own(value, field) !== undefined;
        };
        const facts = createFacts(view);
        if (names.parameters.some(isThere)) continue;
        if (names.findings.some((name) => hasFinding(name, view, facts))) continue;
        checked += 1;
        t.false(holds(facts), JSON.stringify(match));
      }
    }),
    { numRuns: 2_000, seed: 20261121 },
  );
  t.true(checked > 1_000, String(checked));
});
