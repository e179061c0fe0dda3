import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { describeRun, type Benchmark } from './benchmark.js';
import { medianOf, runPaired, type Contestant, type Rounds, type Sample } from './paired.js';
import type { Row } from './report.js';

/** Says when the program's first statement ran and what the process had used by then. */
const PROGRAM = `
  const { user, system } = process.cpuUsage();
  const resident = process.memoryUsage.rss();
  require('node:fs').writeSync(1, JSON.stringify({ cpu: (user + system) / 1e3, resident: resident / 1e6 }));
`;

/** What OpenTelemetry is told by hand to do what Arc does of itself. No collector answers at the default address. */
const BY_HAND = {
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  OTEL_METRICS_EXPORTER: 'otlp,prometheus',
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
};

/** A cache of compiled modules, filled in the unmeasured round. */
const CACHED = { NODE_COMPILE_CACHE: join(tmpdir(), `arc-bench-compile-cache-${process.pid}`) };

const CONTESTANTS = {
  'node alone': program([], {}),
  'NodeSDK started by hand': program(['--require', require.resolve('./nodesdk-start.js')], BY_HAND),
  'arc/otel-register': program(['--require', 'arc/otel-register'], {}),
  'NodeSDK by hand, NODE_COMPILE_CACHE': program(['--require', require.resolve('./nodesdk-start.js')], {
    ...BY_HAND,
    ...CACHED,
  }),
  'arc/otel-register, NODE_COMPILE_CACHE': program(['--require', 'arc/otel-register'], CACHED),
  'arc/otel-register, ARC_DISABLE=1': program(['--require', 'arc/otel-register'], { ARC_DISABLE: '1' }),
} as const;

type Name = keyof typeof CONTESTANTS;

/** What Arc adds to the start of a process. */
export const startup: Benchmark = {
  name: 'startup',
  summary:
    'what --require arc/otel-register adds to the start of a process, beside a NodeSDK started by hand',
  rounds: 10,
  async run(effort) {
    await runPaired(CONTESTANTS, 1); // unmeasured, so that the files are in memory
    const rounds = await runPaired(CONTESTANTS, effort.rounds);
    rmSync(CACHED.NODE_COMPILE_CACHE, { recursive: true, force: true });
    return {
      ...describeRun('startup', effort),
      comparison:
        'time from starting a process until its first statement runs and until it has ended, an otherwise empty program; with ' +
        'Arc preloaded, with a NodeSDK started by hand that exports the same signals, and with nothing. No collector listens.',
      columns: [
        { key: 'ratio', title: 'added ÷ by hand', digits: 2 },
        { key: 'running', title: 'running after ms', digits: 0 },
        { key: 'ended', title: 'ended after ms', digits: 0 },
        { key: 'cpu', title: 'processor ms', digits: 0 },
        { key: 'resident', title: 'resident MB', digits: 0 },
      ],
      rows: (Object.keys(CONTESTANTS) as Name[]).map((name) => toRow(rounds, name)), // its keys are the names
    };
  },
};

function toRow(rounds: Rounds<Name>, name: Name): Row {
  const median = (key: string): number => medianOf(rounds, (round) => round[name][key] ?? Number.NaN);
  const added = (of: Name): number =>
    medianOf(
      rounds,
      (round) => (round[of]['cpu'] ?? Number.NaN) - (round['node alone']['cpu'] ?? Number.NaN),
    );
  const figures = {
    running: median('running'),
    ended: median('ended'),
    cpu: median('cpu'),
    resident: median('resident'),
  };
  if (name === 'node alone') return { name, figures };
  return { name, figures: { ...figures, ratio: added(name) / added('NodeSDK started by hand') } };
}

function program(args: readonly string[], env: Readonly<Record<string, string>>): Contestant {
  return {
    async round(): Promise<Sample> {
      const startedAt = performance.now();
      const child = spawn(process.execPath, [...args, '-e', PROGRAM], {
        cwd: REPO_ROOT, // where `arc` resolves to this checkout
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const closed = once(child, 'close');
      const [first] = (await once(child.stdout, 'data')) as [Buffer];
      const running = performance.now() - startedAt;
      await closed;
      const ended = performance.now() - startedAt;
      if (child.exitCode !== 0) throw new Error(`node ${args.join(' ')} ended with ${child.exitCode}`);
      return { ...(JSON.parse(first.toString()) as Sample), running, ended };
    },
  };
}
