import test from 'ava';
import { RUNNING_NODE } from '../helpers/node-binaries.js';
import { compareRuns } from './compare.js';
import type { ObservedCase, ObservedRun } from './observed.js';
import { renderPage } from './page.js';
import { OLD_RELEASES_INSTALLED, releases, type Release } from './releases.js';
import { cellName, runPair } from './run-pair.js';

if (!OLD_RELEASES_INSTALLED) {
  console.warn('test/sdks is not installed; the older releases of the SDKs are not compared.');
}

/** The newest of each major; `npm run compat` runs the others too. */
const newest = releases().filter(({ version }) => !/^0\.(30|60)\./.test(version));

for (const release of newest) {
  for (const format of ['cjs', 'esm'] as const) {
    const cell = { release, format, node: RUNNING_NODE };
    test.serial(`compatibility: ${cellName(cell)} behaves the same under Arc`, async (t) => {
      const { ran, differences, open } = await runPair(cell);
      t.deepEqual(differences, []);
      t.is(open, 0);
      t.true(ran > 40, `${ran} cases ran`);
    });
  }
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
const bare: ObservedCase = {
  name: 'a case',
  there: true,
  value: 1,
  unhandled: [],
  requests: [request],
  expected,
};
const underArc: ObservedCase = { ...bare, spans: { open: [], endedTwice: 0, errors: 0, inference: [span] } };
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

test('compatibility page: lists every cell, and what a release does not have', (t) => {
  const release: Release = { sdk: 'openai', version: '4.104.0', folder: '', second: undefined };
  const cell = { release, format: 'esm' as const, node: { name: 'node22', path: '', version: '22.15.0' } };
  const page = renderPage([
    { cell, comparison: { ran: 7, notThere: ['beta responses'], differences: ['x'], open: 2 } },
  ]);
  t.true(page.includes('| openai | 4.104.0 | 22.15.0 | ES module | 7 | 1 | 2 |'));
  t.true(page.includes('- openai 4.104.0: beta responses'));
});

function withSpans(spans: Partial<NonNullable<ObservedCase['spans']>>): ObservedCase {
  return { ...underArc, spans: { open: [], endedTwice: 0, errors: 0, inference: [span], ...spans } };
}

function fixedTo(body: string): ObservedCase {
  const requests = [{ ...request, headers: { 'content-length': '19' }, body }];
  return { ...withSpans({ inference: [{ ...span, fixed: true }] }), requests, expected: repaired };
}
