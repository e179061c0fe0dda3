import test from 'ava';
import { COOL, HOT, line, silent, warns } from './warns.js';

const WARM = '{ set: { temperature: 0.9 } }';
const CONFLICT = /conflicts with "a" over temperature: some requests fall under both/;
test(
  'two values for requests of both',
  warns,
  [line('a', HOT, COOL), line('b', 'n: 2', WARM)],
  '2:9 [1].id',
  /this one sets it to 0.9, the other sets it to 0.7/,
);
test(
  'a value against its removal',
  warns,
  [line('a', "n: { '>': 1 }", COOL), line('b', "n: { '<': 9 }", '{ unset: [temperature] }')],
  '2:9 [1].id',
  CONFLICT,
);
test(
  'two defaults',
  warns,
  [
    line('a', 'n: 1', '{ default: { temperature: 0 } }'),
    line('b', 'seed: 1', '{ default: { temperature: 1 } }'),
  ],
  '2:9 [1].id',
  CONFLICT,
);
test(
  'two models',
  warns,
  [line('a', 'n: 1', '{ route: { model: x } }'), line('b', 'seed: 1', '{ set: { model: y } }')],
  '2:9 [1].id',
  /over model/,
);

test('values of requests that never meet', silent, [
  line('a', `model: m, ${HOT}`, COOL),
  line('b', 'model: x, n: 2', WARM),
]);
test('values of bounds that never meet', silent, [
  line('a', "n: { '>': 2 }", COOL),
  line('b', "n: { '<=': 2 }", WARM),
]);
test('values of whole numbers that never meet', silent, [
  line('a', "n: { '>': 2, type: integer }", COOL),
  line('b', "n: { '<': 3 }", WARM),
]);
test('different priorities', silent, [line('a', HOT, COOL), line('b', 'n: 2', WARM, ', priority: 1')]);
test('the same value', silent, [line('a', HOT, COOL), line('b', 'n: 2', COOL)]);
test('two expressions, which are not compared', silent, [
  line('a', 'model: { matches: a }', COOL),
  line('b', 'model: { matches: b }', WARM),
]);
test('two facts, which may hang together', silent, [
  line('a', 'facts.message_count: 1', COOL),
  line('b', 'facts.has_tool_calls: true', WARM),
]);
test('fields that refer to each other', silent, [
  line('a', "n: { '>': { field: seed } }", COOL),
  line('b', "n: { '<': 3 }, seed: 4", WARM),
]);
test('a part and its whole', silent, [
  line('a', 'metadata: { type: object }', COOL),
  line('b', 'metadata.team: x', WARM),
]);
