import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import { parsePack, serializePack } from '../../src/patterns/parse-pack.js';
import { match, pattern, refuses } from './refuses.js';

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
