/** `npm run bench -- NAME`: runs one benchmark and prints its table. */
import { parseArgs } from 'node:util';
import type { Benchmark, Suite } from './benchmark.js';
import { call } from './call.js';
import { overhead } from './overhead.js';
import { match, memory, reload } from './patterns/suites.js';
import { formatReport, type Report } from './report.js';
import { runSuite, selectParts } from './suite.js';
import { startup } from './startup.js';
import { stream } from './stream.js';

const BENCHMARKS: readonly (Benchmark | Suite)[] = [call, stream, startup, overhead, match, reload, memory];

const USAGE = [
  'usage: npm run bench -- NAME [--rounds N] [--calls N] [--json]',
  '       npm run bench -- SUITE [--only PART,PART] [--write] [--seconds N] [--patterns N] …',
  '',
  'e.g.   npm run bench -- call --rounds 10',
  '       npm run bench -- overhead --only 1kB-plain-1',
  '',
  ...BENCHMARKS.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`),
  '',
].join('\n');

const SUITES = BENCHMARKS.filter((candidate): candidate is Suite => 'parts' in candidate);

const PARTS = SUITES.flatMap((suite) => [
  `parts of ${suite.name}; --only takes names, or words of names, e.g. ${suite.parts[0]?.name}`,
  '',
  ...suite.parts.map(
    ({ name, summary, onDemand }) =>
      `  ${name.padEnd(16)} ${summary}${onDemand ? ' (only when asked for)' : ''}`,
  ),
  '',
]).join('\n');

/** What was typed, parsed. */
interface Typed {
  readonly rounds: number | undefined;
  readonly calls: number | undefined;
  readonly seconds: number | undefined;
  readonly patterns: number | undefined;
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
      patterns: { type: 'string' },
      json: { type: 'boolean' },
      only: { type: 'string' },
      write: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name] = positionals;
  if (name === undefined || values.help === true) {
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
    patterns: positiveInteger('--patterns', values.patterns),
    json: values.json === true,
    only: values.only,
    write: values.write === true,
  };
  await ('parts' in benchmark ? suite(benchmark, typed) : single(benchmark, typed));
}

async function single(benchmark: Benchmark, typed: Typed): Promise<void> {
  const { json, calls, rounds = benchmark.rounds } = typed;
  for (const option of ['only', 'seconds', 'patterns', 'write'] as const) {
    if (typed[option] === undefined || typed[option] === false) continue;
    const suites = SUITES.map(({ name }) => name).join(', ');
    throw new Error(`--${option}: only for ${suites}, received with ${benchmark.name}`);
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
