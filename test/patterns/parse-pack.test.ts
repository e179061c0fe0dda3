import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import { parsePack, serializePack } from '../../src/patterns/parse-pack.js';

const PACK = `
pack: house
version: '2.1'
patterns:
  - id: house.warm
    version: 3
    description: Too warm.
    match: { api: openai.chat.completions, model: gpt-4, temperature: { '>': 0.9 } }
    fix:
      - set: { temperature: 0.7 }
    confidence: 0.95
    rollout: 0.5
    expires: 2027-11-01T00:00:00Z
    source: https://example.com/why
  - pattern: { model: gpt-4, params.min_p: { exists: true } }
    fix: { temperature: 0.2 }
`;

test('parsePack: reads a pack with full and short patterns', (t) => {
  const { name, version, patterns } = parsePack(PACK, 'x.yaml');
  t.is(name, 'house');
  t.is(version, '2.1');
  t.like(patterns[0], { id: 'house.warm', version: 3, confidence: 0.95, rollout: 0.5, priority: 0 });
  t.like(patterns[1], { version: 1, confidence: 1, rollout: 1, fix: [{ set: { temperature: 0.2 } }] });
  t.regex(patterns[1]?.id ?? '', /^registered\.[0-9a-f]{8}$/);
});

test('parsePack: reads one pattern and names the pack after the file', (t) => {
  const pack = parsePack(
    '{pattern: {model: gpt-4}, fix: {temperature: 0.7}}',
    'conf\\My House_Rules.prod.yaml',
  );
  t.is(pack.name, 'my-house-rules.prod');
  t.is(pack.version, '0');
  t.is(pack.patterns.length, 1);
});

test('parsePack: reads a list of patterns', (t) => {
  const pack = parsePack('[{pattern: {model: a}, fix: {n: 1}}, {pattern: {model: b}, fix: {n: 1}}]', '.yaml');
  t.is(pack.name, 'yaml');
  t.is(pack.patterns.length, 2);
});

test('serializePack: parsePack reads the normal form back unchanged, by either way in', (t) => {
  const pack = parsePack(PACK, 'x.yaml');
  const text = serializePack(pack);
  t.deepEqual(parsePack(text, 'other.json'), pack);
  t.deepEqual(parsePack(` ${text}`, 'other.json'), pack);
  t.is(serializePack(parsePack(` ${text}`, 'other.json')), text);
});

test('serializePack: the order in which keys are written does not matter', (t) => {
  const a = parsePack('{pattern: {model: x, n: {">": 1, "<": 9}}, fix: {n: 1}, id: a}', 'f');
  const b = parsePack('{id: a, fix: {n: 1}, pattern: {n: {"<": 9, ">": 1}, model: x}}', 'f');
  t.is(serializePack(a), serializePack(b));
});

const pattern = (body: string) => `id: a.b\n${body}`;
const match = (condition: string) => pattern(`match: ${condition}\nfix: [{ set: { n: 1 } }]`);
const fix = (operations: string) => pattern(`match: { model: gpt-4 }\nfix: ${operations}`);

const refuses = test.macro({
  exec(t, text: string, position: string, words: RegExp) {
    const error = t.throws(() => parsePack(text, 'bad.yaml'), { instanceOf: PackError });
    t.is(error?.code, 'ARC_PACK_INVALID');
    t.true(error?.message.startsWith(`bad.yaml:${position} `), error?.message);
    t.regex(error?.message ?? '', words);
  },
  title: (given) => `parsePack: refuses ${given}`,
});

test('text that is not YAML', refuses, 'a: [1,', '1:7', /not valid YAML/);
test('a key written twice', refuses, 'id: a\nid: b', '2:1', /unique/);
test(
  'a key written twice in JSON',
  refuses,
  '{"pack":"a","pack":"b","patterns":[],"version":"1"}',
  '1:13',
  /unique/,
);
test('a custom tag', refuses, '!!js/function x', '1:1', /tag/i);
test('two documents', refuses, 'id: a\n---\nid: b', '2:1', /multiple documents/);
test('an alias that holds itself', refuses, match('&m { all: [*m] }'), '2:19', /nest|depth|levels/i);
test('an empty file', refuses, '', '1:1', /a pack, a pattern or a list/);
test('a pack without patterns', refuses, 'pack: a', '1:1', /patterns: must be a list/);
test(
  'a version that YAML reads as a fraction',
  refuses,
  'pack: a\nversion: 1.10\npatterns: []',
  '2:10',
  /in quotes/,
);
test('a malformed pack name', refuses, 'pack: A B\npatterns: []', '1:7', /lower-case words/);
test(
  'an unknown key of a pack',
  refuses,
  'pack: a\npaterns: 1\npatterns: []',
  '2:1',
  /Did you mean "patterns"/,
);
test(
  'an unknown key of a pattern',
  refuses,
  pattern('match: { model: a }\nfix: [{ set: { n: 1 } }]\nconfidense: 1'),
  '4:1',
  /Did you mean "confidence"/,
);
test('a pattern without a match', refuses, pattern('fix: [{ set: { n: 1 } }]'), '1:1', /must have a match/);
test('a pattern without a fix', refuses, pattern('match: { model: a }'), '1:1', /must have a fix/);
test(
  'a full pattern without an id',
  refuses,
  'match: { model: a }\nfix: [{ set: { n: 1 } }]',
  '1:1',
  /must have an id/,
);
test(
  'both match and pattern',
  refuses,
  pattern('match: { model: a }\npattern: { model: a }\nfix: { n: 1 }'),
  '2:1',
  /exclude each other/,
);
test(
  'a malformed id',
  refuses,
  'id: A_b\nmatch: { model: a }\nfix: [{ set: { n: 1 } }]',
  '1:5',
  /lower-case words/,
);
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
test(
  'a confidence above 1',
  refuses,
  pattern('match: { model: a }\nfix: { n: 1 }\nconfidence: 1.01'),
  '4:13',
  /from 0 to 1/,
);
test(
  'a rollout below 0',
  refuses,
  pattern('match: { model: a }\nfix: { n: 1 }\nrollout: -0.1'),
  '4:10',
  /from 0 to 1/,
);
test(
  'a day that does not exist',
  refuses,
  pattern('match: { model: a }\nfix: { n: 1 }\nexpires: 2027-02-30T00:00:00Z'),
  '4:10',
  /RFC 3339/,
);
test(
  'an instant without a zone',
  refuses,
  pattern('match: { model: a }\nfix: { n: 1 }\nexpires: 2027-02-01T00:00:00'),
  '4:10',
  /RFC 3339/,
);
test(
  'an unknown mode',
  refuses,
  pattern('match: { model: a }\nfix: { n: 1 }\nmode: on'),
  '4:7',
  /apply, shadow or off/,
);

test('parsePack: refuses nesting that overflows the stack, in a few lines', (t) => {
  const error = t.throws(() => parsePack('['.repeat(20_000), 'bad.yaml'), { instanceOf: PackError });
  t.true(error instanceof PackError && error.problems.length < 5);
  t.regex(error?.message ?? '', /^bad\.yaml:1:\d+ \(document\): is not valid YAML/);
});

test('parsePack: reports everything that is wrong, in the order of the text', (t) => {
  const text =
    '- id: a\n  match: { modle: x }\n  fix: []\n- id: a\n  confidence: 3\n  match: { n: { "=>": 1 } }\n  fix: { n: 1 }\n';
  const error = t.throws(() => parsePack(text, 'f.yaml'), { instanceOf: PackError });
  const problems = error instanceof PackError ? error.problems : [];
  t.deepEqual(
    problems.map(({ position: { line, column }, field }) => `${line}:${column} ${field}`),
    ['2:12 [0].match.modle', '3:8 [0].fix', '4:7 [1].id', '5:15 [1].confidence', '6:17 [1].match.n.=>'],
  );
});

test('parsePack: accepts default and clamp after the step that gives a field its value', (t) => {
  const text = fix(
    '[{ rename: { from: max_tokens, to: max_completion_tokens } }, { default: { max_completion_tokens: 9 } }, { clamp: { field: max_completion_tokens, max: 99 } }]',
  );
  t.is(parsePack(text, 'f.yaml').patterns[0]?.fix.length, 3);
});
