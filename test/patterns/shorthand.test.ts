import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import type { PatternShorthand } from '../../src/contract/pattern.js';
import { definePattern } from '../../src/patterns/shorthand.js';

test('definePattern: fills in what is left out', (t) => {
  const pattern = definePattern({
    pattern: { model: 'gpt-4', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
  });
  t.like(pattern, {
    version: 1,
    confidence: 1,
    rollout: 1,
    priority: 0,
    fix: [{ set: { temperature: 0.7 } }],
  });
  t.regex(pattern.id, /^registered\.[0-9a-f]{8}$/);
});

test('definePattern: the same pattern has the same id, another has another', (t) => {
  const one = definePattern({ pattern: { model: 'a' }, fix: { n: 1 } });
  t.is(one.id, definePattern({ pattern: { model: 'a' }, fix: { n: 1 } }).id);
  t.not(one.id, definePattern({ pattern: { model: 'a' }, fix: { n: 2 } }).id);
});

test('definePattern: takes operations, and keeps what is given', (t) => {
  const fix = [{ clamp: { field: 'n', max: 2 } }];
  const pattern = definePattern({
    pattern: { model: 'a' },
    fix,
    id: 'my.id',
    confidence: 0.5,
    priority: 3,
    mode: 'shadow',
  });
  t.like(pattern, { id: 'my.id', confidence: 0.5, priority: 3, mode: 'shadow', fix });
});

test('definePattern: is a copy the caller cannot change any more', (t) => {
  const values = { temperature: 0.7 };
  const pattern = definePattern({ pattern: { model: 'a' }, fix: values });
  values.temperature = 2;
  t.deepEqual(pattern.fix, [{ set: { temperature: 0.7 } }]);
});

test('definePattern: refuses with the rules of packs and says where', (t) => {
  const bad: PatternShorthand = { pattern: {}, fix: { stream: true }, confidence: 2 };
  const error = t.throws(() => definePattern(bad), { instanceOf: PackError });
  const lines = error?.message.split('\n') ?? [];
  t.is(lines.length, 3);
  t.true(lines.every((line) => line.startsWith('registerPattern:1:1 ')));
});
