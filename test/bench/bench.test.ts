import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import type { Report } from './report.js';

const MAIN = join(REPO_ROOT, 'dist', 'test', 'bench', 'main.js');

/** Each contestant is a process that loads an SDK, which takes its time where other tests run beside it. */
const TIMEOUT_MS = 110_000;

const bench = (t: ExecutionContext, ...args: string[]) =>
  runProgram(t, { args: [MAIN, ...args], timeoutMs: TIMEOUT_MS });

/** Runs a benchmark with next to no effort: its figures mean nothing, but every row must be there. */
async function measure(t: ExecutionContext, name: string): Promise<Report> {
  const { stdout, stderr, code } = await bench(t, name, '--rounds', '1', '--calls', '2', '--json');
  t.is(code, 0, stderr);
  const report = JSON.parse(stdout) as Report;
  t.is(report.benchmark, name);
  t.is(report.command, `npm run bench -- ${name} --rounds 1 --calls 2`);
  checkReport(t, report);
  return report;
}

function checkReport(t: ExecutionContext, { benchmark, rounds, machine, comparison, columns, rows }: Report) {
  t.is(rounds, 1);
  t.true(machine.includes(process.versions.node));
  t.true(comparison.length > 0);
  for (const { figures, note } of rows) {
    if (note !== undefined) continue;
    for (const { key } of columns) {
      if (key === 'ratio' && figures[key] === undefined) continue;
      t.true(Number.isFinite(figures[key]), `${benchmark}: ${key} is ${figures[key]}`);
    }
  }
}

const names = ({ rows }: Report): string[] => rows.map(({ name }) => name);

test.serial('bench: lists the benchmarks, each with a line', async (t) => {
  const { stdout, code } = await bench(t);
  t.is(code, 0);
  for (const name of ['call', 'stream', 'startup', 'overhead', 'match', 'reload', 'memory'])
    t.regex(stdout, new RegExp(`^  ${name} +\\w.+`, 'm'));
  const help = await bench(t, 'match', '--help');
  t.deepEqual([help.code, help.stdout], [0, stdout]);
});

test.serial('bench: an unknown name or a bad number is refused', async (t) => {
  const unknown = await bench(t, 'calls');
  t.is(unknown.code, 1);
  t.regex(
    unknown.stderr,
    /NAME: one of call, stream, startup, overhead, match, reload, memory, received calls/,
  );
  const rounds = await bench(t, 'call', '--rounds', '0');
  t.is(rounds.code, 1);
  t.regex(rounds.stderr, /--rounds: a whole number of at least 1, received 0/);
});

test.serial('bench call: a row for each contestant, and larger prompts', async (t) => {
  t.deepEqual(names(await measure(t, 'call')), [
    '1 kB: bare client, in full',
    '1 kB: pass-through patch',
    '1 kB: OpenTelemetry span by hand (floor)',
    '1 kB: OpenTelemetry span and metrics by hand',
    '1 kB: Arc, no pattern matches',
    '1 kB: Arc, request repaired',
    '1 kB: Arc, mode off',
    '1 kB: Arc, no pattern matches, no meter provider',
    '1 kB: Arc, request repaired, no meter provider',
    '10 kB: bare client, in full',
    '10 kB: OpenTelemetry span by hand (floor)',
    '10 kB: Arc, no pattern matches',
    '100 kB: bare client, in full',
    '100 kB: OpenTelemetry span by hand (floor)',
    '100 kB: Arc, no pattern matches',
  ]);
});

test.serial('bench stream: bare client, span by hand, Arc with and without metrics', async (t) => {
  t.deepEqual(names(await measure(t, 'stream')), [
    'bare client, in full',
    'OpenTelemetry span by hand (floor)',
    'Arc, no pattern matches',
    'Arc, no pattern matches, no meter provider',
  ]);
});

const OWN = [
  'bare client, in full',
  'bare client again',
  'OpenTelemetry span by hand (floor)',
  'OpenTelemetry span and metrics by hand',
  'Arc, ARC_DISABLE=1',
  'Arc, no pattern matches',
  'Arc, request repaired',
  'Arc, request repaired, no metrics',
];

test.serial('bench overhead: own rows, and each peer with figures or with a reason', async (t) => {
  const only = ['1kB-plain-64', 'http-stream'];
  const { stdout, stderr, code } = await bench(
    t,
    ...['overhead', '--only', only.join(','), '--rounds', '1', '--calls', '2', '--json'],
  );
  t.is(code, 0, stderr);
  t.regex(stderr, /^\[2\/2\] http-stream: /m);
  const { reports } = JSON.parse(stdout) as { reports: Report[] };
  t.deepEqual(
    reports.map(({ benchmark }) => benchmark),
    only,
  );
  for (const report of reports) {
    checkReport(t, report);
    t.deepEqual(names(report).slice(0, OWN.length), OWN);
    for (const peer of ['@langfuse/openai', '@sentry/node', 'dd-trace', '@traceloop/instrumentation-openai'])
      t.true(
        names(report).some((name) => name.startsWith(`${peer} `)),
        `${report.benchmark}: ${peer}`,
      );
    const absent = report.rows.filter(({ note }) => note?.startsWith('not installed: npm ci --prefix '));
    t.true(absent.length === 0 || names(report).length === OWN.length + absent.length);
  }
});

test.serial('bench overhead: at a rate, with the share of a core and of lost spans', async (t) => {
  const { stdout, stderr, code } = await bench(
    t,
    ...['overhead', '--only', 'rate', '--rounds', '1', '--seconds', '1', '--json'],
  );
  t.is(code, 0, stderr);
  const { reports } = JSON.parse(stdout) as { reports: [Report] };
  checkReport(t, reports[0]);
  t.deepEqual(names(reports[0]), [OWN[0], OWN[2], OWN[3], OWN[6]]);
  t.true(reports[0].columns.some(({ key }) => key === 'lost'));
});

test.serial('bench: options of suites are refused elsewhere, unknown parts everywhere', async (t) => {
  const elsewhere = await bench(t, 'call', '--only', 'rate');
  t.is(elsewhere.code, 1);
  t.regex(elsewhere.stderr, /--only: only for overhead, match, reload, memory, received with call/);
  const unknown = await bench(t, 'overhead', '--only', 'rates');
  t.is(unknown.code, 1);
  t.regex(unknown.stderr, /--only: .*1kB-plain-1, .*received rates/);
});

test.serial(
  'bench startup: node alone, a NodeSDK by hand, Arc, both with a cache, Arc disabled',
  async (t) => {
    const report = await measure(t, 'startup');
    t.deepEqual(names(report), [
      'node alone',
      'NodeSDK started by hand',
      'arc/otel-register',
      'NodeSDK by hand, NODE_COMPILE_CACHE',
      'arc/otel-register, NODE_COMPILE_CACHE',
      'arc/otel-register, ARC_DISABLE=1',
    ]);
    t.deepEqual(
      report.rows.map(({ figures }) => figures['ratio'] !== undefined),
      [false, true, true, true, true, true],
    );
  },
);
