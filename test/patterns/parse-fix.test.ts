import test from 'ava';
import { parsePack } from '../../src/patterns/parse-pack.js';
import { fix, refuses } from './refuses.js';

test('an empty fix', refuses, fix('[]'), '3:6', /changes nothing/);
test('an empty short fix', refuses, fix('{}'), '3:6', /changes nothing/);
test('a forgotten dash', refuses, fix('{ set: { n: 1 } }'), '3:8', /operations stand in a list/);
test('an unknown operation', refuses, fix('[{ sett: { n: 1 } }]'), '3:9', /Did you mean "set"/);
test(
  'two operations in one step',
  refuses,
  fix('[{ set: { n: 1 }, unset: [seed] }]'),
  '3:7',
  /one operation/,
);
test('a closed field', refuses, fix('[{ set: { stream: true } }]'), '3:16', /not open to fixes/);
test(
  'a closed field by its long name',
  refuses,
  fix('[{ unset: [params.stream] }]'),
  '3:17',
  /not open to fixes/,
);
test(
  'a rename to a closed field',
  refuses,
  fix('[{ rename: { from: n, to: user.id } }]'),
  '3:32',
  /not open to fixes/,
);
test('an unknown field of a fix', refuses, fix('{ temprature: 1 }'), '3:8', /Did you mean "temperature"/);
test(
  'bounds that contradict each other',
  refuses,
  fix('[{ clamp: { field: n, min: 2, max: 1 } }]'),
  '3:16',
  /contradicts itself/,
);
test('a clamp without bounds', refuses, fix('[{ clamp: { field: n } }]'), '3:16', /min, max or both/);
test(
  'a clamp with an unknown key',
  refuses,
  fix('[{ clamp: { field: n, maximum: 1, max: 2 } }]'),
  '3:28',
  /unknown key "maximum"/,
);
test(
  'a prompt for another role',
  refuses,
  fix('[{ prefix: { role: assistant, text: a } }]'),
  '3:25',
  /system, user/,
);
test('an unknown repair', refuses, fix('[{ messages: drop_empti }]'), '3:19', /Did you mean "drop_empty"/);
test(
  'a value for every item of a list',
  refuses,
  fix('[{ set: { params.messages.*.name: a } }]'),
  '3:16',
  /only unset, map and clamp take \*/,
);
test(
  'the removal of a list item by its position',
  refuses,
  fix('[{ unset: [messages.0] }]'),
  '3:17',
  /by its position/,
);
test(
  'steps that undo each other',
  refuses,
  fix('[{ unset: [n] }, { rename: { from: seed, to: n } }]'),
  '3:23',
  /touches "n" also in step 1/,
);

test('parsePack: accepts default and clamp after the step that gives a field its value', (t) => {
  const text = fix(
    '[{ rename: { from: max_tokens, to: max_completion_tokens } }, { default: { max_completion_tokens: 9 } }, { clamp: { field: max_completion_tokens, max: 99 } }]',
  );
  t.is(parsePack(text, 'f.yaml').patterns[0]?.fix.length, 3);
});
