import { INSTALL } from './peers.js';
import { section, table } from './page-section.js';
import type { Report, Row } from './report.js';

const INTRODUCTION = `# Overhead

What a call costs with Arc, with one OpenTelemetry span written by hand, and with other instrumentations.
\`npm run bench -- overhead --write\` measures all of it and writes this page; the peers have to be installed before, by
\`${INSTALL}\`. Only figures of one run compare with each other: repeat it on the machine that matters.

How it is measured:

- The real \`openai\` client makes every call. A model inside the process answers at once, or a server on the loopback
  interface does, so that nothing is measured but the client and what stands around it.
- Each contestant has a process of its own. They take turns, each round starts with another one, and the figures are
  medians over the rounds of what a contestant adds to the bare client in the same round. The second bare client shows
  what chance alone adds.
- \`±\` is half the distance between the quartiles over the rounds: of the figure the ratio is made of, or of the p99
  where it stands behind that.
- \`added ÷ floor\` compares with one span by hand: the attributes the GenAI conventions ask for, a batch processor, no
  metrics. Arc and OpenTelemetry's own instrumentation record metrics as well, for two readers, and so does the second row
  by hand, with what the conventions ask for; the other peers record none. Arc's row without metrics is beside those.
- Each contestant has to show its work: one exported span for each call, and the repaired parameter at the model. One
  that fails is listed with its reason.
- Peers that do not know the newest major of \`openai\` run with the newest they know, beside a bare client of that
  major. They run with their defaults: OpenInference, Langfuse, Sentry, Traceloop and Datadog's LLM Observability
  then record the content of prompts and answers, the others do not. Against a server, Sentry and Datadog also record
  the HTTP request below the call. \`dd-trace\` always sends to an agent, a process beside it; a gateway's own
  processor time and memory are counted.
`;

/** The page of `npm run bench -- overhead --write`. */
export function overheadPage(reports: readonly Report[], date: Date = new Date()): string {
  const [first] = reports;
  if (!first) throw new Error('no part was run');
  const made = `Made on ${date.toISOString().slice(0, 10)} with ${first.machine}.`;
  return [INTRODUCTION, made, '', ...summary(reports), ...reports.flatMap((report) => section(report))].join(
    '\n',
  );
}

/** The ratio to the floor, contestants by parts. */
function summary(reports: readonly Report[]): string[] {
  const compared = reports.filter(({ columns }) => columns.some(({ key }) => key === 'ratio'));
  const alike = compared.filter(({ benchmark }) => benchmark !== 'startup');
  const names = [...new Set(alike.flatMap(({ rows }) => rows.filter(hasRatio).map(({ name }) => name)))];
  if (names.length === 0) return [];
  const cell = (report: Report, name: string): string =>
    report.rows.find((row) => row.name === name)?.figures['ratio']?.toFixed(2) ?? '–';
  return [
    '## Added ÷ floor',
    '',
    ...table(
      ['', ...alike.map(({ benchmark }) => benchmark)],
      names.map((name) => [name, ...alike.map((report) => cell(report, name))]),
    ),
    '',
  ];
}

function hasRatio({ figures }: Row): boolean {
  return figures['ratio'] !== undefined;
}
