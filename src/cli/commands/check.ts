import { isKnownApi } from '../../patterns/request-names.js';
import type { CliCommand, CommandContext } from '../command.js';
import { createPaint, safe, type Paint } from '../paint.js';
import { plural } from '../plural.js';
import { createDecider, withDeciderFlags, type DeciderFlags } from '../requests/decider.js';
import {
  changeLines,
  outcomeOf,
  paintOutcome,
  patternsText,
  type Outcome,
} from '../requests/decision-text.js';
import { readRequestLines, type RequestLine } from '../requests/request-lines.js';
import type { RepairedRequest } from '../../fixes/repair-request.js';

interface CheckFlags extends DeciderFlags {
  readonly json?: boolean;
}

const EXAMPLES = `
A line is {"id"?, "provider", "api", "body", "error"?: {"status", "message"}}, as \`arc record\` writes them.

Examples:
  $ arc check requests.jsonl                   what Arc would do with each request
  $ arc check - --json < requests.jsonl        the same, as JSON lines
  $ arc check requests.jsonl --pack fleet.yaml   with patterns of your own beside the built-in ones

Exit codes: 0 all lines were read, 1 some were not, 2 wrong usage.`;

/** `arc check`: what Arc would do with the requests of a log. Nothing is sent. */
export const checkCommand: CliCommand = {
  register(program, context) {
    withDeciderFlags(
      program
        .command('check')
        .argument('[file]', 'requests as JSON lines; - for standard input', '-')
        .description('Show what Arc would do with requests of a log. Nothing is sent.')
        .option('--json', 'print JSON lines'),
    )
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, flags: CheckFlags) => {
        if (!(await check(file, flags, context))) process.exitCode = 1;
      });
  },
};

/** @returns whether every line could be read. */
async function check(file: string, flags: CheckFlags, context: CommandContext): Promise<boolean> {
  const { decide } = createDecider(flags, context);
  const paint = createPaint(context.colour);
  const counts = new Map<Outcome | 'unread', number>();
  const count = (outcome: Outcome | 'unread'): void =>
    void counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const unknown = new Set<string>();
  for await (const line of readRequestLines(file)) {
    if ('problem' in line) {
      count('unread');
      tellProblem(file, line, flags, context);
      continue;
    }
    const { request } = line;
    const repaired = decide(request);
    count(outcomeOf(repaired));
    if (!isKnownApi(request.api)) unknown.add(request.api);
    if (flags.json) context.stdout(JSON.stringify(toJson(request, repaired)));
    else for (const text of describe(request, repaired, paint)) context.stdout(text);
  }
  for (const api of unknown)
    context.stderr(safe(`no patterns can be for ${api}: Arc does not know this API`));
  if (!flags.json) context.stdout(summary(counts));
  return !counts.has('unread');
}

interface Problem {
  readonly line: number;
  readonly problem: string;
}

function tellProblem(
  file: string,
  { line, problem }: Problem,
  { json }: CheckFlags,
  context: CommandContext,
): void {
  if (json) context.stdout(JSON.stringify({ line, problem }));
  context.stderr(safe(`${file === '-' ? 'stdin' : file}:${line}:1 ${problem}`));
}

function toJson({ id, error }: RequestLine, repaired: RepairedRequest): object {
  return { id, decision: outcomeOf(repaired), ...repaired, ...(error && { error }) };
}

function describe(request: RequestLine, repaired: RepairedRequest, paint: Paint): readonly string[] {
  const outcome = outcomeOf(repaired);
  const head = `${paintOutcome(outcome, paint)}  ${safe(request.id)}`;
  if (outcome === 'pass') return [head];
  const lines = [
    `${head}  ${patternsText(repaired)}`,
    ...repaired.changes.flatMap((change) => changeLines(change, paint)).map((text) => `         ${text}`),
  ];
  return outcome === 'fix'
    ? [...lines, `         ${paint('dim', safe(JSON.stringify(repaired.body)))}`]
    : lines;
}

function summary(counts: ReadonlyMap<Outcome | 'unread', number>): string {
  const of = (...outcomes: readonly (Outcome | 'unread')[]): number =>
    outcomes.reduce((sum, outcome) => sum + (counts.get(outcome) ?? 0), 0);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const unread = of('unread');
  return [
    `${plural(all, 'request')}: ${of('fix')} would be repaired, ${of('shadow', 'control', 'bypass')} matched and held back, ${of('pass')} pass`,
    ...(unread > 0 ? [`${plural(unread, 'line')} not read`] : []),
  ].join(', ');
}
