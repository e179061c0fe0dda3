import test from 'ava';
import fc from 'fast-check';
import type { Match, Operators } from '../../../src/contract/pattern.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { accessOf, type AccessPath } from '../../../src/patterns/index/access.js';
import { createRangeCollector } from '../../../src/patterns/index/range-collector.js';
import { findInTree, type RangeTable } from '../../../src/patterns/index/range-table.js';
import { openaiRequest } from '../requests.js';
import { find, imageOf, patternsOf, segmentOf, tryInTurn } from './linear.js';

const SEED = 20261121;
const API = 'openai.chat.completions';

/** Numbers beside which something changes, and their neighbours. */
const EDGES = [
  ...[-Number.MAX_VALUE, -1, -Number.MIN_VALUE, -0, 0, Number.MIN_VALUE, 0.3, 0.1 + 0.2],
  ...[1, 1 + Number.EPSILON, 4_096, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE],
];
const VALUES: readonly unknown[] = [
  ...EDGES,
  ...[-2, 0.5, 4_095, 4_097, Infinity, -Infinity, NaN],
  ...['1', '', 1n, 4_096n, null, true, undefined, [1], [], {}, { valueOf: () => 1 }, new Number(1)],
];

function bounds(op: '>' | '>=' | '<' | '<='): readonly Operators[] {
  return [{}, ...EDGES.map((edge) => ({ [op]: edge }))];
}

test('ranges: every pair of bounds takes the numbers it takes when it is tried, and nothing else', (t) => {
  const matches = [...bounds('>'), ...bounds('>=')].flatMap((lower) =>
    [...bounds('<'), ...bounds('<=')].map((upper): Match => ({ temperature: { ...lower, ...upper } })),
  );
  const bounded = matches.filter(({ temperature }) => Object.keys(temperature ?? {}).length > 0);
  const { patterns, segment } = segmentOf(bounded);
  t.is(segment.image.words('shared').length, 0);
  for (const temperature of VALUES) {
    const view = openaiRequest({ model: 'm', temperature });
    const facts = createFacts(view);
    t.deepEqual(find(segment, view), tryInTurn(patterns, view), String(temperature));
    segment.match(facts, 0, []);
    t.is(facts.candidates, tryInTurn(patterns, view).length, `no more candidates for ${String(temperature)}`);
  }
});

test('ranges: all bounds of a field count together, those in `all` and on the length too', (t) => {
  const matches = Array.from({ length: 30 }, (_, index): Match => ({
    n: { '>': index, '>=': 5, '<': 30 },
    all: [{ n: { '<=': 20 } }, { seed: { type: 'number' } }],
  }));
  const lists = Array.from({ length: 30 }, (_, index): Match => ({
    stop: { length: index % 2 === 0 ? index : { '>': index, '<=': 28 }, type: ['array', 'string'] },
  }));
  const { patterns, segment } = segmentOf([...matches, ...lists]);
  for (let size = 0; size < 32; size += 1) {
    for (const stop of ['x'.repeat(size), Array.from({ length: size }, () => 'x'), { length: size }, size]) {
      const view = openaiRequest({ model: 'm', n: size, seed: 1, stop });
      t.deepEqual(find(segment, view), tryInTurn(patterns, view), `${size}`);
    }
  }
  t.is(segment.image.words('shared').length, 0);
});

test('ranges: bounds that contradict each other are filed nowhere, bounds that are fields under nothing', (t) => {
  t.deepEqual(accessOf({ n: { '>': 1, '<': 1 } }), []);
  t.deepEqual(accessOf({ n: { '>=': 1, '<': 1 } }), []);
  t.deepEqual(accessOf({ n: { '>': 1, '<': 1 + Number.EPSILON } }), []);
  t.deepEqual(accessOf({ n: 3, all: [{ n: { '>': 3 } }] }), []);
  t.deepEqual(kinds({ n: { '>=': 1, '<=': 1 } }), ['range']);
  t.deepEqual(kinds({ n: { '>': { field: 'seed' } } }), ['scan']);
  t.deepEqual(kinds({ n: { '>': { field: 'seed' }, '<': 7 } }), ['range']);
  t.deepEqual(kinds({ n: { '!=': 4 } }), ['scan']);
  t.deepEqual(kinds({ 'facts.prompt_text': { length: { '>': 4 } } }), ['scan']);
  t.deepEqual(kinds({ model: { length: { '>': 4 } }, n: 'x' }), ['key']);
});

function kinds(match: Match): readonly string[] {
  return accessOf(match).map(({ kind }) => kind);
}

test('ranges: taken only when nothing tells more, with the shared fields that are given, around `any` too', (t) => {
  const range = { field: 'n', measure: 'value', least: 2, most: Infinity } as const;
  const ranged = (...models: readonly string[]): readonly AccessPath[] =>
    models.map((value) => ({ kind: 'range', equalities: [{ field: 'model', value }], range }));
  t.deepEqual(accessOf({ model: 'm', n: { '>=': 2 } }), ranged('m'));
  t.deepEqual(accessOf({ model: { in: ['m', 'o'] }, n: { '>=': 2 } }), ranged('m', 'o'));
  t.deepEqual(accessOf({ model: 'm', any: [{ n: { '>=': 2 } }, { seed: 7 }] }).slice(0, 1), ranged('m'));
  t.deepEqual(kinds({ model: { starts_with: 'gpt' }, n: { '>=': 2 } }), ['range']);
  for (const better of [
    { seed: 7 },
    { user: { contains: 'abcdef' } },
    { user: { exact: 'a' } },
    { user: { similar: 'abcdef' } },
    { 'facts.roles': { contains: 'tool' } },
    { user: { starts_with: 'abcdef' } },
  ])
    t.false(kinds({ n: { '>=': 2 }, ...better }).includes('range'), JSON.stringify(better));
  t.is(rangeOf({ 'facts.characters': { '>': 1 }, n: { '>': 1 } }), 'n');
  t.is(rangeOf({ a: { '>': 1 }, n: { '>': 1, '<': 9 } }), 'n');
  t.is(rangeOf({ 'facts.message_count': { '>': 1 }, n: { '>': 1 } }), 'n');
});

function rangeOf(match: Match): string | undefined {
  const [path] = accessOf(match);
  return path?.kind === 'range' ? path.range.field : undefined;
}

function sharedOf(matches: readonly Match[], few?: number): number {
  const definitions = patternsOf(matches).map(({ definition }) => definition);
  return imageOf(definitions, few).words('shared').length;
}

test('ranges: a few are tested one by one; of a dear fact it takes many until it is looked up', (t) => {
  const above = (field: string, count: number): readonly Match[] =>
    Array.from({ length: count }, (_, index) => ({ [field]: { '>': index } }));
  t.is(sharedOf(above('n', 32), 32), 32);
  t.is(sharedOf(above('n', 33), 32), 0);
  t.is(sharedOf([...above('n', 32), ...above('seed', 32)], 32), 64);
  t.is(sharedOf(above('facts.characters', 256)), 256);
  t.is(sharedOf(above('facts.characters', 257)), 0);
  t.is(sharedOf([...above('facts.characters', 256), ...above('n', 33)], 32), 256);
  t.is(
    sharedOf([...above('n', 33), ...above('facts.characters', 16), ...above('facts.message_count', 1)], 32),
    17,
  );
});

test('ranges: only what is measured for the model of a request is read, and that once', (t) => {
  const matches = Array.from({ length: 40 }, (_, index): Match => ({
    api: API,
    model: index < 20 ? 'm' : 'o',
    [index < 20 ? 'n' : 'seed']: { '>=': index, '<': index + 2 },
  }));
  const { segment } = segmentOf(matches);
  const reads: string[] = [];
  const params = (model: string): Readonly<Record<string, unknown>> => ({
    model,
    get n() {
      reads.push('n');
      return 5;
    },
    get seed() {
      reads.push('seed');
      return 100;
    },
  });
  t.deepEqual(find(segment, openaiRequest(params('o'))), []);
  t.deepEqual(reads, ['seed']);
  t.deepEqual(find(segment, openaiRequest(params('x'))), []);
  t.deepEqual(reads, ['seed']);
  t.deepEqual(find(segment, openaiRequest({ ...params('m'), n: 5 })), ['test.p4', 'test.p5']);
});

test('ranges: more measured fields than a request could pay for stay with the shared patterns', (t) => {
  const matches = Array.from({ length: 200 }, (_, index): Match => ({
    [`metadata.k${index}`]: { '>': index },
  }));
  t.is(sharedOf(matches), 200 - 64);
  const { patterns, segment } = segmentOf(matches);
  const metadata = Object.fromEntries(matches.map((_, index) => [`k${index}`, index % 3 === 0 ? 1_000 : 0]));
  const view = openaiRequest({ model: 'm', metadata });
  t.deepEqual(find(segment, view), tryInTurn(patterns, view));
});

const number = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(...EDGES),
);

test('ranges: a tree finds what trying all its ranges finds, of any size, and looks at little else', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 300 }),
      number,
      (drafts, value) => {
        const ranges = drafts.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
        const table = treeOf(ranges);
        const expected = ranges.flatMap(([least, most], index) =>
          least <= value && value <= most ? [index] : [],
        );
        const { found, nodes } = lookUp(table, value);
        t.deepEqual(found, expected);
        const height = Math.floor(Math.log2(ranges.length)) + 1;
        t.true(
          nodes <= 2 * (height + found.length) + 1,
          `${nodes} nodes for ${found.length} of ${ranges.length}`,
        );
      },
    ),
    { numRuns: 1_000, seed: SEED },
  );
});

function treeOf(ranges: readonly (readonly [number, number])[]): RangeTable {
  const collector = createRangeCollector();
  ranges.forEach(([least, most], number) => collector.add(1, 2, { measured: 0, least, most, number }));
  return collector.build();
}

/** Counts the nodes that are looked at. */
function lookUp(table: RangeTable, value: number): { readonly found: number[]; readonly nodes: number } {
  const nodes = new Set<number>();
  const bounds = new Proxy(table.bounds, {
    get(target, key) {
      nodes.add(Math.floor(Number(key) / 3));
      return target[Number(key)];
    },
  });
  const found: number[] = [];
  findInTree({ ...table, bounds }, 0, value, found);
  return { found: found.toSorted((a, b) => a - b), nodes: nodes.size };
}

test('ranges: among 30000 of three fields and many models a request meets those that fit it', (t) => {
  const matches = Array.from({ length: 30_000 }, (_, index): Match => {
    const at = Math.floor(index / 150);
    const field = ['max_tokens', 'temperature', 'facts.message_count'][Math.floor(index / 50) % 3] ?? '';
    return { api: API, model: `m${index % 50}`, [field]: { '>=': at * 10, '<': at * 10 + 25 } };
  });
  const { patterns, segment } = segmentOf(matches);
  for (const at of [0, 7, 999, 1_990, 3_000]) {
    const view = openaiRequest({ model: `m${at % 50}`, max_tokens: at, temperature: at / 2, messages: [] });
    const facts = createFacts(view);
    segment.match(facts, 0, []);
    t.true(facts.candidates <= 7, `${facts.candidates}`);
    t.deepEqual(find(segment, view), tryInTurn(patterns, view));
  }
});

test('ranges: an image without any, and one with one tree, have what a look-up relies on', (t) => {
  const meta = { name: 'test', version: '1', hash: '' };
  const none = buildImage([], meta);
  t.deepEqual([none.words('ranges.trees').length, none.floats('ranges.bounds').length], [0, 0]);
  const { segment } = segmentOf(Array.from({ length: 20 }, (_, index): Match => ({ n: { '>': index } })));
  const { image } = segment;
  t.deepEqual([...image.words('ranges.trees')], [0, 0]);
  t.deepEqual([image.floats('ranges.bounds').length, image.words('ranges.numbers').length], [60, 20]);
});
