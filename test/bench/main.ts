/** `npm run bench -- NAME`: runs one benchmark and prints its table. */
import { parseArgs } from 'node:util';
import type { Benchmark, Suite } from './benchmark.js';
import { call } from './call.js';
import { match } from './match.js';
import { overhead } from './overhead.js';
import { formatReport, type Report } from './report.js';
import { runSuite, selectParts } from './suite.js';
import { startup } from './startup.js';
import { stream } from './stream.js';

const BENCHMARKS: readonly (Benchmark | Suite)[] = [call, match, stream, startup, overhead];

const USAGE = [
  'usage: npm run bench -- NAME [--rounds N] [--calls N] [--json]',
  '       npm run bench -- overhead [--only PART,PART] [--seconds N] [--write] …',
  '',
  ...BENCHMARKS.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`),
  '',
].join('\n');

const PARTS = [
  'parts of overhead; --only takes names, or words of names, e.g. 1kB or stream-64',
  '',
  ...overhead.parts.map(
    ({ name, summary, onDemand }) =>
      `  ${name.padEnd(16)} ${summary}${onDemand ? ' (only when asked for)' : ''}`,
  ),
  '',
].join('\n');

/** What was typed, parsed. */
interface Typed {
  readonly rounds: number | undefined;
  readonly calls: number | undefined;
  readonly seconds: number | undefined;
  readonly json: boolean;
  readonly only: string | undefined;
  readonly write: boolean;
}

async function main(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      calls: { type: 'string' },
      seconds: { type: 'string' },
      json: { type: 'boolean' },
      only: { type: 'string' },
      write: { type: 'boolean' },
    },
  });
  const [name] = positionals;
  if (name === undefined) {
    process.stdout.write(`${USAGE}\n${PARTS}`);
    return;
  }
  const benchmark = BENCHMARKS.find((candidate) => candidate.name === name);
  if (!benchmark || positionals.length > 1) {
    throw new Error(
      `NAME: one of ${BENCHMARKS.map(({ name }) => name).join(', ')}, received ${positionals.join(' ')}`,
    );
  }
  const typed: Typed = {
    rounds: positiveInteger('--rounds', values.rounds),
    calls: positiveInteger('--calls', values.calls),
    seconds: positiveInteger('--seconds', values.seconds),
    json: values.json === true,
    only: values.only,
    write: values.write === true,
  };
  await ('parts' in benchmark ? suite(benchmark, typed) : single(benchmark, typed));
}

async function single(benchmark: Benchmark, typed: Typed): Promise<void> {
  const { json, calls, rounds = benchmark.rounds } = typed;
  for (const option of ['only', 'seconds', 'write'] as const) {
    if (typed[option]) throw new Error(`--${option}: only for overhead, received with ${benchmark.name}`);
  }
  const report = await benchmark.run({ rounds, calls });
  process.stdout.write(json ? toJson(report) : formatReport(report));
}

async function suite(suite: Suite, { json, only, write, ...effort }: Typed): Promise<void> {
  const reports = await runSuite(suite, selectParts(suite, only), {
    effort,
    write,
    progress: (what) => process.stderr.write(`${what}\n`),
    done: (report) => void (json || process.stdout.write(`\n${formatReport(report)}\n`)),
  });
  if (json) process.stdout.write(toJson({ benchmark: suite.name, reports }));
}

function toJson(value: Report | object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function positiveInteger(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new Error(`${option}: a whole number of at least 1, received ${value}`);
  }
  return number;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
});
