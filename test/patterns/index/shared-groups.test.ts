import test from 'ava';
import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import { ArcError } from '../../../src/contract/errors.js';
import type { CompiledPattern } from '../../../src/patterns/compile.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { contentOf, SECTIONS, writeImage, type SegmentImage } from '../../../src/patterns/image/layout.js';
import { readPlan } from '../../../src/patterns/image/read-plan.js';
import { openSegment } from '../../../src/patterns/index/segment.js';
import { apisOf, groupByApi } from '../../../src/patterns/index/shared-groups.js';
import { definePattern } from '../../../src/patterns/shorthand.js';
import { openaiRequest } from '../requests.js';

const META = { name: 'fleet', version: '7', hash: '' };
const CHAT = 'openai.chat.completions';
const MESSAGES = 'anthropic.messages';

function patternOf(id: string, match: Match): PatternDefinition {
  return { ...definePattern({ id, pattern: { model: 'gpt-4' }, fix: { n: 1 } }), match };
}

test('apisOf: those one of which must be, also within `all`, or those of the scope', (t) => {
  const apisFor = (match: Match): readonly string[] | undefined => apisOf(patternOf('p', match));
  t.deepEqual(apisFor({ api: CHAT, model: 'gpt-4' }), [CHAT]);
  t.deepEqual(apisFor({ all: [{ model: 'gpt-4' }, { api: { '=': CHAT } }] }), [CHAT]);
  t.deepEqual(apisFor({ api: { in: [CHAT, MESSAGES] } }), [CHAT, MESSAGES]);
  t.is(apisFor({ any: [{ api: CHAT }, { model: 'gpt-4' }] }), undefined);
  t.is(apisFor({ not: { api: CHAT } }), undefined);
  t.is(apisFor({ api: { '!=': CHAT } }), undefined);
  t.deepEqual(apisOf({ ...patternOf('p', { seed: 1 }), scope: { api: [MESSAGES] } }), [MESSAGES]);
});

test('segment: says which apis it is for, unless some pattern is for any', (t) => {
  const open = (...matches: readonly Match[]): readonly string[] | undefined =>
    openSegment(
      buildImage(
        matches.map((match, index) => patternOf(`p${index}`, match)),
        META,
      ),
      { isChecked: true },
    ).apis;
  t.deepEqual(open({ api: CHAT, seed: 1 }, { api: { in: [MESSAGES, CHAT] } }), [CHAT, MESSAGES]);
  t.is(open({ api: CHAT, seed: 1 }, { seed: 2 }), undefined);
});

test('groupByApi: one group for each api, and one for the rest, however many apis there are', (t) => {
  const patterns = ['a', 'b', undefined, 'a'].map((api, number) => ({ number, api }));
  t.deepEqual(groupByApi(patterns), [
    ['a', [0, 3]],
    ['b', [1]],
    [null, [2]],
  ]);
  const many = groupByApi(Array.from({ length: 1_000 }, (_, number) => ({ number, api: `api-${number}` })));
  t.true(many.length < 300);
  t.is(many.flatMap(([, numbers]) => numbers).length, 1_000);
});

test('segment: of the patterns no index tells apart, those of other apis are not decoded', (t) => {
  const bad: Match = { api: MESSAGES, model: { matches: '(' } }; // compiling it fails, which tells that it was decoded
  const patterns = [
    patternOf('bad', bad),
    patternOf('chat', { api: CHAT, model: { matches: '^gpt' } }),
    patternOf('any', { model: { matches: '4$' } }),
  ];
  const damaged: unknown[] = [];
  const segment = openSegment(buildImage(patterns, META), {
    isChecked: true,
    damaged: (error) => damaged.push(error),
  });
  const match = (api: string): readonly string[] => {
    const found: CompiledPattern[] = [];
    segment.match(createFacts({ ...openaiRequest({ model: 'gpt-4' }), api }), 0, found);
    return found.map(({ definition }) => definition.id).sort();
  };
  t.deepEqual(match(CHAT), ['any', 'chat']);
  t.deepEqual(damaged, []);
  t.deepEqual(match(MESSAGES), ['any']);
  t.is(damaged.length, 1);
  t.deepEqual(match('another'), ['any']);
  t.is(damaged.length, 1);
});

/** An image whose plan says something else. */
function withPlan(image: SegmentImage, shared: unknown): SegmentImage {
  const plan = { ...readPlan(image), shared };
  const sections = SECTIONS.map((name) => [name, contentOf(image.section(name))] as const);
  const contents = { ...Object.fromEntries(sections), plan: contentOf(Buffer.from(JSON.stringify(plan))) };
  return writeImage(contents, image.patterns);
}

test('readPlan: groups that do not fit the patterns are refused; an image that has none has one for any api', (t) => {
  const image = buildImage([patternOf('a', { api: CHAT }), patternOf('b', { api: MESSAGES })], META);
  t.deepEqual(readPlan(image).shared, [
    [CHAT, 1],
    [MESSAGES, 1],
  ]);
  t.deepEqual(readPlan(withPlan(image, undefined)).shared, [[null, 2]]);
  for (const shared of [
    [],
    [[CHAT, 1]],
    [[CHAT, 3]],
    [
      [CHAT, -1],
      [null, 3],
    ],
    [[7, 2]],
    [CHAT],
    'all',
    null,
  ])
    t.throws(() => readPlan(withPlan(image, shared)), { instanceOf: ArcError, message: /"plan".*shared/ });
});
