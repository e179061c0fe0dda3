import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import type { Report } from './report.js';

const MAIN = join(REPO_ROOT, 'dist', 'test', 'bench', 'main.js');

const bench = (t: ExecutionContext, ...args: string[]) => runProgram(t, { args: [MAIN, ...args] });

/** Runs a benchmark with next to no effort: its figures mean nothing, but every row must be there. */
async function measure(t: ExecutionContext, name: string): Promise<Report> {
  const { stdout, stderr, code } = await bench(t, name, '--rounds', '1', '--calls', '2', '--json');
  t.is(code, 0, stderr);
  const report = JSON.parse(stdout) as Report;
  t.is(report.benchmark, name);
  t.is(report.rounds, 1);
  t.is(report.command, `npm run bench -- ${name} --rounds 1 --calls 2`);
  t.true(report.machine.includes(process.versions.node));
  t.true(report.comparison.length > 0);
  for (const { figures } of report.rows) {
    for (const { key } of report.columns) {
      if (key === 'ratio' && figures[key] === undefined) continue;
      t.true(Number.isFinite(figures[key]), `${name}: ${key} is ${figures[key]}`);
    }
  }
  return report;
}

const names = ({ rows }: Report): string[] => rows.map(({ name }) => name);

test('bench: lists the benchmarks, each with a line', async (t) => {
  const { stdout, code } = await bench(t);
  t.is(code, 0);
  for (const name of ['call', 'match', 'stream', 'startup'])
    t.regex(stdout, new RegExp(`^  ${name} +\\w.+`, 'm'));
});

test('bench: an unknown name or a bad number is refused', async (t) => {
  const unknown = await bench(t, 'calls');
  t.is(unknown.code, 1);
  t.regex(unknown.stderr, /NAME: one of call, match, stream, startup, received calls/);
  const rounds = await bench(t, 'match', '--rounds', '0');
  t.is(rounds.code, 1);
  t.regex(rounds.stderr, /--rounds: a whole number of at least 1, received 0/);
});

test('bench call: a row for each contestant, and larger prompts', async (t) => {
  t.deepEqual(names(await measure(t, 'call')), [
    '1 kB: bare client, in full',
    '1 kB: pass-through patch',
    '1 kB: OpenTelemetry span by hand (floor)',
    '1 kB: Arc, no pattern matches',
    '1 kB: Arc, request repaired',
    '1 kB: Arc, mode off',
    '1 kB: Arc, no pattern matches, no meter provider',
    '10 kB: bare client, in full',
    '10 kB: OpenTelemetry span by hand (floor)',
    '10 kB: Arc, no pattern matches',
    '100 kB: bare client, in full',
    '100 kB: OpenTelemetry span by hand (floor)',
    '100 kB: Arc, no pattern matches',
  ]);
});

test('bench match: a miss and a hit for each number of patterns', async (t) => {
  const sizes = [10, 100, 1000, 10_000];
  t.deepEqual(
    names(await measure(t, 'match')),
    sizes.flatMap((size) => [`${size} patterns, miss`, `${size} patterns, hit`]),
  );
});

test('bench stream: bare client, span by hand, Arc with and without metrics', async (t) => {
  t.deepEqual(names(await measure(t, 'stream')), [
    'bare client, in full',
    'OpenTelemetry span by hand (floor)',
    'Arc, no pattern matches',
    'Arc, no pattern matches, no meter provider',
  ]);
});

test('bench startup: node alone, a NodeSDK by hand, Arc', async (t) => {
  const report = await measure(t, 'startup');
  t.deepEqual(names(report), ['node alone', 'NodeSDK started by hand', 'arc/otel-register']);
  t.deepEqual(
    report.rows.map(({ figures }) => figures['ratio'] !== undefined),
    [false, true, true],
  );
});
