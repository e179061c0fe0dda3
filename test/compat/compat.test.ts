import test from 'ava';
import { RUNNING_NODE } from '../helpers/node-binaries.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { compareRuns } from './compare.js';
import type { ObservedCase, ObservedRun } from './observed.js';
import { renderPage, replaceRows } from './page.js';
import { EVERYTHING_INSTALLED, newestOfMajors, type Release } from './releases.js';
import { cellName, runPair } from './run-pair.js';

if (!EVERYTHING_INSTALLED) {
  console.warn('test/sdks or test/frameworks is not installed; only what is at hand is compared.');
}

/** Calls the cases with many calls make at once; `npm run compat` makes 5,000. */
const AT_ONCE = 100;

for (const loaded of newestOfMajors()) {
  const cell = { ...loaded, node: RUNNING_NODE };
  test.serial(`compatibility: ${cellName(cell)} behaves the same under Arc`, async (t) => {
    const { ran, differences, open } = await runPair(cell, { atOnce: AT_ONCE });
    t.deepEqual(differences, []);
    t.is(open, 0);
    t.true(ran > 15, `${ran} cases ran`);
  });
}

const request = {
  method: 'POST',
  path: '/v1/x',
  headers: { 'content-length': '17' },
  body: '{"temperature":1}',
  aborted: false,
};
const expected = { spans: 1, tokens: true };
const span = { tokens: true, fixed: false };
const spans = { open: [], endedTwice: 0, named: ['chat m'], fixes: 0, failures: 0, inference: [span] };
const bare: ObservedCase = {
  name: 'a case',
  there: true,
  value: 1,
  unhandled: [],
  requests: [request],
  expected,
};
const underArc: ObservedCase = { ...bare, spans };
const sdks = [
  { version: '1.0.0', format: 'cjs', support: 'tested', targets: [{ name: 'create', patched: true }] },
];
const run = (...cases: ObservedCase[]): ObservedRun => ({ cases, sdks });
const repaired = { ...expected, repaired: { temperature: 0.7 } };

const findings = test.macro({
  exec(t, before: ObservedCase, after: ObservedCase, count: number) {
    t.is(compareRuns(run(before), run(after)).differences.length, count);
  },
  title: (given) => `comparison: ${given ?? ''}`,
});

test('equal runs have no difference', findings, bare, underArc, 0);
test('another result is a difference', findings, bare, { ...underArc, value: 2 }, 1);
test(
  'an error instead of a result is two differences',
  findings,
  bare,
  { ...underArc, value: undefined, error: 'x' },
  2,
);
test(
  'another body is a difference',
  findings,
  bare,
  { ...underArc, requests: [{ ...request, body: '{}' }] },
  1,
);
test('a missing request is a difference', findings, bare, { ...underArc, requests: [] }, 1);
test('an unhandled rejection is a difference', findings, bare, { ...underArc, unhandled: ['x'] }, 1);
test('two spans for one request are a difference', findings, bare, withSpans({ inference: [span, span] }), 1);
test('an open span is a difference', findings, bare, withSpans({ open: ['chat'] }), 1);
test(
  'a span without tokens is a difference',
  findings,
  bare,
  withSpans({ inference: [{ ...span, tokens: false }] }),
  1,
);
test(
  'a repair that changes nothing else is none',
  findings,
  { ...bare, expected: repaired },
  fixedTo('{"temperature":0.7}'),
  0,
);
test(
  'a repair that changes more is a difference',
  findings,
  { ...bare, expected: repaired },
  fixedTo('{"temperature":0.7,"n":1}'),
  1,
);

test('comparison: a method that is not patched is a difference', (t) => {
  const unpatched = [
    { version: '1.0.0', format: 'cjs', support: 'untested', targets: [{ name: 'create', patched: false }] },
  ];
  t.deepEqual(compareRuns(run(bare), { cases: [underArc], sdks: unpatched }).differences, [
    'create of 1.0.0 is not patched',
  ]);
});

test('compatibility page: has a row for each copy of a release, and what it does not have', (t) => {
  const sdk = { id: 'openai', package: 'openai', folder: REPO_ROOT, older: [], formats: [], beside: ['ava'] };
  const release: Release = { sdk, version: '4.104.0', folder: '', second: undefined };
  const on = (version: string, ran: number) => ({
    cell: { release, format: 'esm' as const, node: { name: 'node', path: '', version } },
    comparison: { ran, notThere: ['beta responses'], differences: ['x'], open: 2 },
  });
  const page = renderPage([on('22.15.0', 7), on('24.21.0', 7), on('26.10.0', 6)]);
  t.true(page.includes('| openai | 4.104.0 | import | 22.15.0, 24.21.0 | 7 | 2 | 4 |'));
  t.true(page.includes('| openai | 4.104.0 | import | 26.10.0 | 6 | 1 | 2 |'));
  t.true(page.includes('- openai 4.104.0: beta responses'));
  const clean = { ...on('26.10.0', 6), comparison: { ran: 6, notThere: [], differences: [], open: 0 } };
  const mended = replaceRows(page, [clean, { ...on('22.15.0', 7) }]);
  t.true(mended.includes('| openai | 4.104.0 | import | 26.10.0 | 6 | 0 | 0 |'));
  t.true(
    mended.includes('| openai | 4.104.0 | import | 22.15.0, 24.21.0 | 7 | 2 | 4 |'),
    'not every Node of the row',
  );
  t.regex(page, /- openai: ava \d+\.\d+/);
});

function withSpans(changed: Partial<NonNullable<ObservedCase['spans']>>): ObservedCase {
  return { ...underArc, spans: { ...spans, ...changed } };
}

function fixedTo(body: string): ObservedCase {
  const requests = [{ ...request, headers: { 'content-length': '19' }, body }];
  return { ...withSpans({ inference: [{ ...span, fixed: true }], fixes: 1 }), requests, expected: repaired };
}
