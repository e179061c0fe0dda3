import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import { hashPack } from '../../src/patterns/pack-hash.js';
import { parsePack, serializePack } from '../../src/patterns/parse-pack.js';

const whole = (body: string) => `id: a.b\nmatch: { model: m }\nfix: [{ set: { n: 1 } }]\n${body}`;
const match = (condition: string) => `id: a.b\nmatch: ${condition}\nfix: [{ set: { n: 1 } }]`;

const refuses = test.macro({
  exec(t, text: string, where: string, words: RegExp) {
    const error = t.throws(() => parsePack(text, 'bad.yaml'), { instanceOf: PackError });
    t.true(error?.message.startsWith(`bad.yaml:${where}: `), error?.message);
    t.regex(error?.message ?? '', words);
  },
  title: (_, text: string, where: string) =>
    `parsePack: refuses ${text.split('\n')[Number(where.split(':')[0]) - 1]}`,
});
const accepts = test.macro({
  exec: (t, text: string) => t.is(parsePack(text, 'good.yaml').patterns.length, 1),
  title: (_, text: string) => `parsePack: accepts ${text.split('\n')[1]}`,
});
/** The same, with what stands in the match as the title. */
const never = test.macro({
  exec(t, condition: string, where: string, words: RegExp) {
    const error = t.throws(() => parsePack(match(condition), 'bad.yaml'), { instanceOf: PackError });
    t.true(error?.message.startsWith(`bad.yaml:2:${where}: can never hold: `), error?.message);
    t.regex(error?.message ?? '', words);
  },
  title: (_, condition: string) => `parsePack: ${condition} can never hold`,
});

test(
  refuses,
  match('{ messages: { any: [{ role: user }] } }'),
  '2:27 match.messages.any',
  /one item; alternatives go inside.*received \[/,
);
test(refuses, match('{ stop: { any: end } }'), '2:23 match.stop.any', /to test the item itself write/);
test(refuses, match('{ messages: { any: {} } }'), '2:27 match.messages.any', /would match every item/);
test(refuses, match('{ messages: { all: { role: user } } }'), '2:22 match.messages.all', /write "every"/);
test(
  refuses,
  match('{ messages: { evry: { role: user } } }'),
  '2:22 match.messages.evry',
  /Did you mean "every"/,
);
test(refuses, match('{ every: { role: user } }'), '2:10 match.every', /stands under its list/);
test(
  refuses,
  match('{ messages: { any: { role: { matchs: a } } } }'),
  '2:37 match.messages.any.role.matchs',
  /Did you mean "matches"/,
);
test(
  refuses,
  match('{ messages: { any: { a..b: 1 } } }'),
  '2:29 match.messages.any.a..b',
  /not a dotted path/,
);
test(
  refuses,
  match('{ messages: { any: { constructor: 1 } } }'),
  '2:29 match.messages.any.constructor',
  /must not be part/,
);
test(
  refuses,
  match('{ messages: { any: { size: { ">": { field: max_token } } } } }'),
  '2:51 match.messages.any.size.>.field',
  /unknown field "max_token".*"max_tokens"/,
);

test(
  refuses,
  whole('scope: here'),
  '4:8 scope',
  /at least one of provider, api, service, environment, agent; received "here"/,
);
test(refuses, whole('scope: {}'), '4:8 scope', /at least one of/);
test(refuses, whole('scope: { services: a }'), '4:10 scope.services', /Did you mean "service"/);
test(refuses, whole('scope: { service: [] }'), '4:19 scope.service', /nothing would be in scope/);
test(
  refuses,
  whole('scope: { service: [a, 7] }'),
  '4:23 scope.service[1]',
  /a text, or a list of texts; received 7/,
);
test(
  refuses,
  whole('scope: { api: anthropic.message }'),
  '4:15 scope.api',
  /Did you mean "anthropic.messages"/,
);
test(refuses, whole('ttl: 30'), '4:6 ttl', /a duration such as 30d.*received 30/);
test(refuses, whole('ttl: P1M'), '4:6 ttl', /months and years vary/);
test(refuses, whole('tests: []'), '4:8 tests', /at least one test/);
test(
  refuses,
  whole('tests: [{ request: { model: m }, expects: fix, expect: fix }]'),
  '4:34 tests[0].expects',
  /Did you mean "expect"/,
);
test(refuses, whole('tests: [{ expect: fix }]'), '4:9 tests[0].request', /object with the parameters/);
test(
  refuses,
  whole('tests: [{ request: { modle: m }, expect: fix }]'),
  '4:22 tests[0].request.modle',
  /Did you mean "model"/,
);
test(
  refuses,
  whole('tests: [{ request: { thinking.type: m }, expect: fix }]'),
  '4:22 tests[0].request.thinking.type',
  /is a path/,
);
test(
  refuses,
  whole('tests: [{ request: { api: openai.chat }, expect: fix }]'),
  '4:27 tests[0].request.api',
  /unknown API/,
);
test(
  refuses,
  whole('tests: [{ request: { context: { agnet: a } }, expect: fix }]'),
  '4:33 tests[0].request.context.agnet',
  /Did you mean "agent"/,
);
test(
  refuses,
  whole('tests: [{ request: { context: { tags: a } }, expect: fix }]'),
  '4:39 tests[0].request.context.tags',
  /a list of texts/,
);
test(
  refuses,
  whole('tests: [{ request: { model: m }, expect: fail }]'),
  '4:42 tests[0].expect',
  /pass, fix or .*received "fail"/,
);
test(
  refuses,
  whole('tests: [{ request: { model: m }, expect: { param: {} } }]'),
  '4:44 tests[0].expect.param',
  /Did you mean "params"/,
);

test(
  never,
  '{ temperature: { ">": 2, "<": 1 } }',
  '10 match.temperature',
  /no number lies within the bounds; received/,
);
test(never, '{ n: { ">": 1, "<": 2, type: integer } }', '10 match.n', /no whole number/);
test(never, '{ n: { ">=": 1, "<=": 1, "!=": 1 } }', '10 match.n', /no value passes/);
test(never, '{ model: a, all: [{ model: b }] }', '28 match.all[0].model', /received {"=":"a"} and {"=":"b"}/);
test(never, '{ n: 1, params.n: 2 }', '16 match.params.n', /no value passes/);
test(never, '{ model: { in: [a, b], not_in: [b, a] } }', '10 match.model', /no value passes/);
test(never, '{ model: { in: [a, b], matches: "^c" } }', '10 match.model', /no value passes/);
test(never, '{ model: { "=": a, "!=": a } }', '10 match.model', /no value passes/);
test(never, '{ temperature: { type: string, ">": 1 } }', '10 match.temperature', /no value has a type/);
test(never, '{ model: { ">": 3 } }', '10 match.model', /no value has a type/);
test(never, '{ facts.message_count: many }', '10 match.facts.message_count', /no value passes/);
test(never, '{ n: { exists: false, ">": 3 } }', '10 match.n', /absent and present/);
test(
  never,
  '{ thinking: { exists: false }, thinking.type: enabled }',
  '39 match.thinking.type',
  /part of would have to be absent/,
);
test(never, '{ messages: { length: { ">": 3, "<": 4 } } }', '10 match.messages', /nothing has such a length/);
test(never, '{ stop: { type: boolean, "!=": true, not_in: [false] } }', '10 match.stop', /no value passes/);
test(never, '{ model: a, not: { model: { in: [a, b] } } }', '20 match.not', /excludes everything/);
test(never, '{ model: a, any: [{ model: b }, { model: c }] }', '20 match.any', /none of its branches/);
test(
  never,
  '{ messages: { any: { role: user, item.role: tool } } }',
  '41 match.messages.any.item.role',
  /no value passes/,
);
test(
  never,
  '{ messages: { any: { role: a }, every: { role: b } } }',
  '49 match.messages.every.role',
  /no value passes/,
);
test(
  never,
  '{ messages: { any: { role: a }, none: { role: { in: [a, b] } } } }',
  '40 match.messages.none',
  /excludes every item/,
);

test(accepts, match('{ temperature: { ">": 1, "<": 1.1 } }'));
test(accepts, match('{ model: { starts_with: a, contains: b, matches: c } }'));
test(accepts, match('{ model: a, any: [{ model: b }, { model: a }] }'));
test(accepts, match('{ model: a, not: { model: { in: [b, c] } } }'));
test(accepts, match('{ n: { exists: false, "!=": 3 } }'));
test(accepts, match('{ messages: { every: { role: a }, none: { role: b } } }'));
test(accepts, match('{ messages: { any: { role: a }, none: { role: b } } }'));
test(accepts, match('{ messages.0.content: { length: 0, any: { text: "" } } }'));
test(accepts, match('{ max_tokens: { "<": { field: n }, ">": 7 } }'));

test('parsePack: leaves tests out of what runs, so that they change neither the text nor the hash', (t) => {
  const tested = parsePack(whole('tests: [{ request: { model: m }, expect: fix }]'), 'f.yaml');
  const plain = parsePack(whole(''), 'f.yaml');
  t.deepEqual(tested, plain);
  t.is(serializePack(tested), serializePack(plain));
  t.is(hashPack(tested), hashPack(plain));
});

test('parsePack: alternatives inside alternatives do not take for ever to check', (t) => {
  let fields = 0;
  const nest = (depth: number): string => {
    if (depth === 0) return `{ params.f${(fields += 1)}: 1 }`;
    return `{ any: [${nest(depth - 1)}, ${nest(depth - 1)}], not: ${nest(depth - 1)} }`;
  };
  t.is(parsePack(match(nest(6)), 'f.yaml').patterns.length, 1);
});
