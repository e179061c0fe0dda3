import type { FieldChange } from '../../contract/decision.js';
import type { RepairedRequest } from '../../fixes/repair-request.js';
import { diffParams } from '../../fixes/diff.js';
import type { CliCommand, CommandContext } from '../command.js';
import { createPaint, safe, type Paint } from '../paint.js';
import { plural } from '../plural.js';
import { createDecider, type Decider } from '../requests/decider.js';
import { changeLines, outcomeOf, patternsText, paintOutcome } from '../requests/decision-text.js';
import { readRequestLines, type RequestLine } from '../requests/request-lines.js';

interface ReplayFlags {
  readonly pack: readonly string[];
  readonly against?: readonly string[];
  readonly builtin: boolean;
  readonly lossy?: boolean;
  readonly json?: boolean;
  readonly allowTouched?: boolean;
}

/** One request under both sets of packs. */
interface Comparison {
  readonly request: RequestLine;
  readonly before: RepairedRequest;
  readonly after: RepairedRequest;
  /** From what would be sent before to what would be sent now. */
  readonly difference: readonly FieldChange[];
  /** The provider answered this request as it was, and now something else would be sent. */
  readonly isTouched: boolean;
}

const EXAMPLES = `
Each request is decided on twice: by the built-in packs and --against, and by the built-in packs and --pack. Requests that
come out differently are shown. One that the provider answered and that would be changed now is touched: that is for people
to look at, and fails.

Examples:
  $ arc replay requests.jsonl --pack new.yaml                        what a pack changes
  $ arc replay requests.jsonl --pack new.yaml --against old.yaml     what a new version changes
  $ arc replay requests.jsonl --pack new.yaml --json > replay.jsonl  for a pull request

Exit codes: 0 nothing that worked is touched, 1 something is or a line could not be read, 2 wrong usage.`;

/** `arc replay`: what recorded requests become under one set of packs and under another. Nothing is sent. */
export const replayCommand: CliCommand = {
  register(program, context) {
    program
      .command('replay')
      .argument('<file>', 'recorded requests, JSON lines; - for standard input')
      .description('Show what packs change about recorded requests. Nothing is sent.')
      .requiredOption('--pack <file...>', 'the packs to try')
      .option('--against <file...>', 'the packs to compare with; none beside the built-in ones when left out')
      .option('--no-builtin', 'leave the built-in packs out, on both sides')
      .option('--lossy', 'let repairs act that drop something')
      .option('--allow-touched', 'exit with 0 even when a request that was answered is touched')
      .option('--json', 'print JSON lines')
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, flags: ReplayFlags) => {
        if (!(await replay(file, flags, context))) process.exitCode = 1;
      });
  },
};

/** @returns whether all is well. */
async function replay(file: string, flags: ReplayFlags, context: CommandContext): Promise<boolean> {
  const { builtin, lossy, json } = flags;
  const side = (pack: readonly string[]): Decider =>
    createDecider({ pack, builtin, ...(lossy !== undefined && { lossy }) }, context);
  const [before, after] = [side(flags.against ?? []), side(flags.pack)];
  const paint = createPaint(context.colour);
  const counts = { requests: 0, changed: 0, touched: 0, repaired: 0, unread: 0 };
  for await (const line of readRequestLines(file)) {
    if ('problem' in line) {
      counts.unread += 1;
      context.stderr(safe(`${file}:${line.line}:1 ${line.problem}`));
      continue;
    }
    const compared = compare(line.request, before, after);
    counts.requests += 1;
    if (outcomeOf(compared.after) === 'fix') counts.repaired += 1;
    if (isSame(compared)) continue;
    counts.changed += 1;
    if (compared.isTouched) counts.touched += 1;
    if (json) context.stdout(JSON.stringify(toJson(compared)));
    else for (const text of describe(compared, paint)) context.stdout(text);
  }
  const told = summary(counts);
  if (json) context.stderr(told);
  else context.stdout(told);
  return counts.unread === 0 && (counts.touched === 0 || flags.allowTouched === true);
}

function compare(request: RequestLine, before: Decider, after: Decider): Comparison {
  const [old, now] = [before.decide(request), after.decide(request)];
  const difference = diffParams(old.body, now.body);
  const isTouched = request.error === undefined && now.body !== request.body && difference.length > 0;
  return { request, before: old, after: now, difference, isTouched };
}

function isSame({ before, after, difference }: Comparison): boolean {
  return difference.length === 0 && patternsText(before) === patternsText(after);
}

function toJson({ request, before, after, difference, isTouched }: Comparison): object {
  return {
    id: request.id,
    touched: isTouched,
    before: { decision: outcomeOf(before), decisions: before.decisions, changes: before.changes },
    after: { decision: outcomeOf(after), decisions: after.decisions, changes: after.changes },
    difference,
  };
}

function describe(
  { request, before, after, difference, isTouched }: Comparison,
  paint: Paint,
): readonly string[] {
  const touched = isTouched ? `  ${paint('red', 'touched: the provider answered it as it was')}` : '';
  const was = outcomeOf(before) === 'pass' ? 'passed' : `${outcomeOf(before)} by ${patternsText(before)}`;
  return [
    `${paintOutcome(outcomeOf(after), paint)}  ${safe(request.id)}  ${patternsText(after)}  (before: ${was})${touched}`,
    ...difference.flatMap((change) => changeLines(change, paint)).map((line) => `         ${line}`),
  ];
}

function summary(
  counts: Readonly<Record<'requests' | 'changed' | 'touched' | 'repaired' | 'unread', number>>,
): string {
  const { requests, changed, touched, repaired, unread } = counts;
  return [
    `${plural(requests, 'request')}: ${repaired} would be repaired, ${changed} come out differently, ${touched} of them were answered as they were`,
    ...(unread > 0 ? [`${plural(unread, 'line')} not read`] : []),
  ].join(', ');
}
