import test from 'ava';
import { match, refuses } from './refuses.js';

test('an empty match', refuses, match('{}'), '2:8', /would match every request/);
test(
  'an empty nested match',
  refuses,
  match('{ any: [{ model: a }, {}] }'),
  '2:30',
  /would match every request/,
);
test('an empty list of alternatives', refuses, match('{ any: [] }'), '2:15', /at least one match/);
test('an unknown field', refuses, match('{ temprature: 1 }'), '2:10', /Did you mean "temperature"/);
test(
  "a field of another provider's API",
  refuses,
  match('{ api: anthropic.messages, seed: 1 }'),
  '2:35',
  /unknown field "seed"/,
);
test('an unknown fact', refuses, match('{ facts.last_rol: user }'), '2:10', /Did you mean "last_role"/);
test(
  'a path that could reach a prototype',
  refuses,
  match('{ messages.__proto__: 1 }'),
  '2:10',
  /must not be part/,
);
test(
  'an unknown API',
  refuses,
  match('{ api: openai.chat.completion }'),
  '2:15',
  /Did you mean "openai.chat.completions"/,
);
test(
  'an unknown operator',
  refuses,
  match('{ model: { match: a } }'),
  '2:19',
  /Did you mean "matches".*Accepted: =, !=/s,
);
test('no operator', refuses, match('{ model: {} }'), '2:17', /at least one operator/);
test('a list as a condition', refuses, match('{ model: [a, b] }'), '2:17', /write { in:/);
test(
  'a comparison with a text',
  refuses,
  match('{ n: { ">": high } }'),
  '2:20',
  /must be a number, or { field/,
);
test(
  'a comparison with an unknown field',
  refuses,
  match('{ n: { ">": { field: nn } } }'),
  '2:29',
  /unknown field "nn"/,
);
test(
  'an expression with lookaround',
  refuses,
  match('{ model: { matches: "(?=a)" } }'),
  '2:28',
  /lookaround and back-references are not supported/,
);
test(
  'a threshold out of range',
  refuses,
  match('{ model: { similar: { to: a, threshold: 2 } } }'),
  '2:28',
  /at most 1/,
);
test('a length that is no count', refuses, match('{ messages: { length: -1 } }'), '2:30', /whole number/);
test('a number that JSON cannot hold', refuses, match('{ n: .inf }'), '2:13', /JSON value/);
