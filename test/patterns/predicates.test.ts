import test from 'ava';
import type { Condition } from '../../src/contract/pattern.js';
import { createFacts } from '../../src/patterns/facts.js';
import { compileCondition } from '../../src/patterns/predicates.js';
import { openaiRequest } from './requests.js';

const facts = createFacts(openaiRequest({ model: 'gpt-4', max_tokens: 100, n: 2 }));
const absent = undefined;

const holds = test.macro({
  exec(t, condition: Condition, value: unknown, expected: boolean) {
    t.is(compileCondition(condition)(value, facts), expected);
  },
  title: (_, condition, value, expected) =>
    `condition: ${JSON.stringify(condition)} ${expected ? 'holds' : 'fails'} for ${typeof value} ${JSON.stringify(value)}`,
});

test(holds, 'gpt-4', 'gpt-4', true);
test(holds, 'gpt-4', 'gpt-4o', false);
test(holds, null, null, true);
test(holds, null, absent, false);
test(holds, 1, '1', false);
test(holds, { '=': { a: [1, { b: 2 }], c: null } }, { c: null, a: [1, { b: 2 }] }, true);
test(holds, { '=': { a: 1 } }, { a: 1, b: undefined }, true);
test(holds, { '=': { a: 1 } }, { a: 1, b: 2 }, false);
test(holds, { '=': [1, 2] }, [2, 1], false);
test(holds, { '!=': 1 }, 1, false);
test(holds, { '!=': 1 }, absent, true);
test(holds, { '>': 0.9 }, 0.9, false);
test(holds, { '>': 0.9 }, 0.91, true);
test(holds, { '>': 0.9 }, '2', false);
test(holds, { '>': 0.9 }, Number.NaN, false);
test(holds, { '>': 0.9 }, absent, false);
test(holds, { '>=': 1, '<': 3 }, 1, true);
test(holds, { '>=': 1, '<': 3 }, 3, false);
test(holds, { '<=': 3 }, 3, true);
test(holds, { '<=': { field: 'max_tokens' } }, 100, true);
test(holds, { '<': { field: 'max_tokens' } }, 100, false);
test(holds, { '>': { field: 'params.n' } }, 3, true);
test(holds, { '>': { field: 'seed' } }, 3, false);
test(holds, { '<': { field: 'seed' } }, 3, false);
test(holds, { in: ['a', { b: 1 }] }, { b: 1 }, true);
test(holds, { in: ['a'] }, absent, false);
test(holds, { not_in: ['a'] }, 'a', false);
test(holds, { not_in: ['a'] }, absent, true);
test(holds, { exists: true }, null, true);
test(holds, { exists: true }, absent, false);
test(holds, { exists: false }, absent, true);
test(holds, { exists: false }, 0, false);
test(holds, { type: 'integer' }, 3, true);
test(holds, { type: 'integer' }, 3.5, false);
test(holds, { type: ['array', 'null'] }, null, true);
test(holds, { type: 'object' }, [], false);
test(holds, { type: 'object' }, null, false);
test(holds, { type: 'array' }, [], true);
test(holds, { type: 'number' }, absent, false);
test(holds, { matches: '^(o[1-9]|gpt-5)' }, 'o3-mini', true);
test(holds, { matches: '^(o[1-9]|gpt-5)' }, 'my-o3', false);
test(holds, { matches: '(?i)JSON' }, 'as json, please', true);
test(holds, { matches: 'x' }, ['x'], false);
test(holds, { contains: 'son' }, 'json', true);
test(holds, { contains: 'system' }, ['user', 'system'], true);
test(holds, { contains: 'sys' }, ['system'], false);
test(holds, { contains: 1 }, '1', false);
test(holds, { starts_with: 'gpt-' }, 'gpt-4', true);
test(holds, { starts_with: 'gpt-' }, absent, false);
test(holds, { length: 0 }, [], true);
test(holds, { length: { '>': 2, '<=': 4 } }, 'four', true);
test(holds, { length: { '>': 2 } }, absent, false);
test(holds, { length: 0 }, { length: 0 }, false);
test(holds, { exact: 'Hello  world' }, ' Hello\nworld ', true);
test(holds, { exact: 'cafe\u0301' }, 'caf\u00e9', true);
test(holds, { exact: 'Hello world' }, 'hello world', false);
test(holds, { similar: 'Summarise the quarterly report' }, 'summarise the  quarterly Report.', true);
test(holds, { similar: 'Summarise the quarterly report' }, 'Translate the quarterly report', false);
test(
  holds,
  { similar: { to: 'Summarise the quarterly report', threshold: 0.4 } },
  'Translate the quarterly report',
  true,
);
test(holds, { similar: 'ok' }, 'ok', true);
test(holds, { similar: 'ok' }, absent, false);

test('condition: an evil expression stays linear on a long text', (t) => {
  const predicate = compileCondition({ matches: '(a+)+$' });
  t.false(predicate(`${'a'.repeat(20_000)}b`, facts));
});

test('condition: a cyclic value ends', (t) => {
  const cyclic: Record<string, unknown> = { a: 1 };
  cyclic['self'] = cyclic;
  t.false(compileCondition({ '=': { a: 1, self: { a: 1, self: null } } })(cyclic, facts));
});
