import test from 'ava';
import { warningsOf } from '../../../src/patterns/lint/warnings.js';
import { readPackText } from '../../../src/patterns/parse-pack.js';
import { COOL, HOT, HOTTER, line, NOW, silent, warnings, warns } from './warns.js';

test(
  'a pattern that has expired',
  warns,
  [line('a', 'n: 1', COOL, ', expires: 2026-12-31T00:00:00Z')],
  '1:106 [0].expires',
  /expired at 2026/,
);
test(
  'a pattern with a rollout of 0',
  warns,
  [line('a', 'n: 1', COOL, ', rollout: 0')],
  '1:106 [0].rollout',
  /every match is control/,
);
test(
  'a pattern whose scope and match exclude each other',
  warns,
  ['{ id: a, scope: { provider: groq }, match: { provider: openai, n: 1 }, fix: [{ set: { n: 2 } }] }'],
  '1:17 scope',
  /outside its scope; no value passes/,
);

test(
  'a similarity too low to be looked up',
  warns,
  [line('a', 'user: { similar: { to: Say hello to Ann, threshold: 0.4 } }', COOL)],
  '1:19 [0].match',
  /threshold of 0.4 is below 0.5.* tested on every call/,
);
test(
  'one among alternatives',
  warns,
  [
    line(
      'a',
      'all: [{ any: [{ n: 1 }, { user: { similar: { to: Say hello to Ann, threshold: 0.4 } } }] }]',
      COOL,
    ),
  ],
  '1:19 [0].match',
  /threshold of 0.4/,
);
test('a low similarity beside what is looked up', silent, [
  line('a', 'n: 1, user: { similar: { to: Say hello to Ann, threshold: 0.4 } }', COOL),
  line('b', 'n: 2, user: { similar: { to: Say hello to Ann, threshold: 0.5 } }', COOL),
]);

test(
  'the same pattern twice',
  warns,
  [line('a', HOT, COOL), line('b', HOT, COOL)],
  '2:9 [1].id',
  /whenever it fits, "a" fits too, acts first and does the same/,
);
test(
  'a narrower one with the same fix',
  warns,
  [line('b', HOT, COOL), line('c', `model: m, ${HOTTER}`, COOL)],
  '2:9 [1].id',
  /"b" fits too.*does the same/,
);
test(
  'one whose value another has set',
  warns,
  [line('b', HOT, COOL), line('c', HOTTER, '{ unset: [top_p] }')],
  '2:9 [1].id',
  /leaves temperature so that "c" no longer fits/,
);
test(
  'one whose value another has removed',
  warns,
  [
    line('a', 'seed: { exists: true }', '{ unset: [seed] }'),
    line('b', 'seed: { type: string }', '{ set: { seed: 1 } }'),
  ],
  '2:9 [1].id',
  /leaves seed/,
);
test(
  'one whose value another has clamped',
  warns,
  [
    line('a', HOT, '{ clamp: { field: temperature, max: 1 } }'),
    line('b', HOTTER, '{ unset: [temperature] }'),
  ],
  '2:9 [1].id',
  /leaves temperature/,
);
test(
  'one whose absent value another has written',
  warns,
  [
    line('a', 'max_tokens: { exists: false }', '{ default: { max_tokens: 9 } }'),
    line('b', 'n: 2, max_tokens: { exists: false }', '{ set: { n: 1 } }'),
  ],
  '2:9 [1].id',
  /leaves max_tokens/,
);
test(
  'one of another model after a route',
  warns,
  [line('a', 'model: m', '{ route: { model: x } }'), line('b', 'model: m, n: 2', '{ set: { n: 1 } }')],
  '2:9 [1].id',
  /leaves model/,
);
test(
  'a higher priority that leaves nothing',
  warns,
  [line('a', HOTTER, '{ unset: [top_p] }'), line('b', HOT, COOL, ', priority: 1')],
  '1:9 [0].id',
  /"b" fits too, acts first/,
);
test(
  'an item that a wider one has too',
  warns,
  [
    line('a', 'tools: { any: { type: { exists: true } } }', '{ unset: [n] }'),
    line('b', 'tools: { any: { type: function, name: x } }', '{ unset: [n] }'),
  ],
  '2:9 [1].id',
  /does the same/,
);
test(
  'a narrower scope',
  warns,
  [
    line('a', HOT, COOL, ', scope: { service: [a, b] }'),
    line('b', HOT, COOL, ', scope: { service: b, agent: x }'),
  ],
  '2:9 [1].id',
  /does the same/,
);

test('one that acts first', silent, [line('a', `model: m, ${HOT}`, COOL), line('b', HOT, COOL)]);
test('one that is treated where the other is control', silent, [
  line('a', HOT, COOL, ', rollout: 0.5'),
  line('b', HOT, COOL),
]);
test('one that is more confident', silent, [line('a', HOT, COOL, ', confidence: 0.5'), line('b', HOT, COOL)]);
test('one that lives longer', silent, [
  line('a', HOT, COOL, ', expires: 2028-01-01T00:00:00Z'),
  line('b', HOT, COOL),
]);
test('one beside a shadow', silent, [line('a', HOT, COOL, ', mode: shadow'), line('b', HOT, COOL)]);
test('one in another place', silent, [
  line('a', HOT, COOL, ', scope: { service: a }'),
  line('b', HOT, COOL, ', scope: { service: b }'),
]);
test('one whose clamped value still fits', silent, [
  line('a', HOT, '{ clamp: { field: temperature, max: 2 } }'),
  line('b', HOTTER, '{ unset: [top_p] }'),
]);
test('one of a model that only looks alike', silent, [
  line('a', "model: { matches: '^m' }", '{ unset: [n] }'),
  line('b', 'model: { starts_with: m1 }', '{ unset: [n] }'),
]);

test('lint: files that are named together are checked together, each with its own positions', (t) => {
  const [first, second] = [line('a', HOT, COOL), `\n\n${line('b', HOT, COOL)}`];
  const found = warningsOf([readPackText(first, 'one.yaml'), readPackText(second, 'two.yaml')], NOW);
  t.deepEqual(
    found.map(({ position }) => position),
    [{ file: 'two.yaml', line: 3, column: 9 }],
  );
});

test('lint: among thousands that look alike the duplicate is found', (t) => {
  const many = Array.from({ length: 3_000 }, (_, index) =>
    line(
      `p${index}`,
      `model: m, facts.last_user_text: { exact: text ${index} }`,
      `{ set: { temperature: ${index} } }`,
    ),
  );
  const copy = line(
    'z',
    'model: m, facts.last_user_text: { exact: text 1234 }',
    '{ set: { temperature: 1234 } }',
  );
  const found = warnings(...many, copy);
  t.is(found.length, 1);
  t.regex(found[0] ?? '', /^f\.yaml:3001:.*"p1234" fits too/);
});
