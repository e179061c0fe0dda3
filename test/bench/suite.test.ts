import test from 'ava';
import type { Part } from './benchmark.js';
import { overheadPage } from './overhead-page.js';
import type { Report } from './report.js';
import { runSuite, selectParts } from './suite.js';

const report = (benchmark: string): Report => ({
  benchmark,
  comparison: 'a call of this kind.',
  command: `npm run bench -- overhead --only ${benchmark}`,
  machine: 'Node 24, 2 processors',
  rounds: 3,
  columns: [
    { key: 'ratio', title: 'added ÷ floor', digits: 2 },
    { key: 'p50', title: 'p50 µs', digits: 0 },
  ],
  rows: [
    { name: 'bare client, in full', figures: { p50: 40 } },
    { name: 'Arc', figures: { ratio: 1.5, p50: 12 } },
    { name: 'a peer', figures: {}, note: 'broke\n  twice' },
  ],
});

const part = (name: string, onDemand?: true): Part => ({
  name,
  summary: `about ${name}`,
  rounds: 3,
  run: () => Promise.resolve(report(name)),
  ...(onDemand && { onDemand }),
});

const SUITE = {
  name: 'overhead',
  summary: '',
  file: 'docs/NONE.md',
  page: (reports: readonly Report[]) => overheadPage(reports),
  parts: [part('1kB-plain-1'), part('1kB-stream-64'), part('rate'), part('load', true)],
};

const selected = (only?: string): string[] => selectParts(SUITE, only).map(({ name }) => name);

test('selectParts: all but those on demand, or those whose words are named', (t) => {
  t.deepEqual(selected(), ['1kB-plain-1', '1kB-stream-64', 'rate']);
  t.deepEqual(selected('1kB'), ['1kB-plain-1', '1kB-stream-64']);
  t.deepEqual(selected('load,1kB-64'), ['1kB-stream-64', 'load']);
  t.throws(() => selected('1kB,strea'), { message: /--only: .*1kB-plain-1.*received strea$/ });
});

test('runSuite: says what it is at and hands over each report', async (t) => {
  const told: string[] = [];
  const reports = await runSuite(SUITE, selectParts(SUITE, '1kB'), {
    effort: { rounds: undefined, calls: 1, seconds: undefined },
    write: false,
    progress: (what) => told.push(what),
    done: ({ benchmark }) => told.push(benchmark),
  });
  t.is(reports.length, 2);
  t.deepEqual(told, [
    '[1/2] 1kB-plain-1: about 1kB-plain-1',
    '[1/2] 1kB-plain-1: 0 s',
    '1kB-plain-1',
    '[2/2] 1kB-stream-64: about 1kB-stream-64',
    '[2/2] 1kB-stream-64: 0 s',
    '1kB-stream-64',
  ]);
});

test('overheadPage: how and on what it was made, ratios of all parts, each part with what failed', (t) => {
  const page = overheadPage([report('1kB-plain-1'), report('rate')], new Date('2026-11-30T12:00:00Z'));
  t.regex(page, /^# Overhead\n/);
  t.true(page.includes('Made on 2026-11-30 with Node 24, 2 processors.'));
  t.true(page.includes('|  | 1kB-plain-1 | rate |\n| --- | ---: | ---: |\n| Arc | 1.50 | 1.50 |\n'));
  t.true(page.includes('| bare client, in full | – | 40 |\n| Arc | 1.50 | 12 |\n'));
  t.true(page.includes('- a peer: broke twice'));
  t.true(page.includes('3 rounds, `npm run bench -- overhead --only rate`.'));
  t.throws(() => overheadPage([]), { message: 'no part was run' });
});
