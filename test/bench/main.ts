/** `npm run bench -- NAME`: runs one benchmark and prints its table. */
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';
import { call } from './call.js';
import { match } from './match.js';
import { formatReport } from './report.js';
import { startup } from './startup.js';
import { stream } from './stream.js';

const BENCHMARKS: readonly Benchmark[] = [call, match, stream, startup];

const USAGE = [
  'usage: npm run bench -- NAME [--rounds N] [--calls N] [--json]',
  '',
  ...BENCHMARKS.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`),
  '',
].join('\n');

async function main(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { rounds: { type: 'string' }, calls: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [name] = positionals;
  if (name === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  const benchmark = BENCHMARKS.find((candidate) => candidate.name === name);
  if (!benchmark || positionals.length > 1) {
    throw new Error(
      `NAME: one of ${BENCHMARKS.map(({ name }) => name).join(', ')}, received ${positionals.join(' ')}`,
    );
  }
  const report = await benchmark.run({
    rounds: positiveInteger('--rounds', values.rounds) ?? benchmark.rounds,
    calls: positiveInteger('--calls', values.calls),
  });
  process.stdout.write(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : formatReport(report));
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
