import { isKnownApi } from '../../patterns/request-names.js';
import type { CliCommand, CommandContext } from '../command.js';
import { createPaint, safe } from '../paint.js';
import { checkRequest, createCounts, describe, toJson } from '../requests/checked-request.js';
import { createDecider, withDeciderFlags, type DeciderFlags } from '../requests/decider.js';
import { readRequestLines } from '../requests/request-lines.js';

interface CheckFlags extends DeciderFlags {
  readonly json?: boolean;
}

const EXAMPLES = `
A line is {"id"?, "provider", "api", "body", "error"?: {"status", "message"}}, as \`arc record\` writes them.

Of a request that was refused, and that Arc does not repair, it says what would be learned from the refusal.

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
  const decider = createDecider(flags, context);
  const paint = createPaint(context.colour);
  const counts = createCounts();
  const unknown = new Set<string>();
  for await (const line of readRequestLines(file)) {
    if ('problem' in line) {
      counts.unread += 1;
      tellProblem(file, line, flags, context);
      continue;
    }
    const checked = checkRequest(line.request, decider, flags);
    counts.add(checked);
    if (!isKnownApi(line.request.api)) unknown.add(line.request.api);
    if (flags.json) context.stdout(JSON.stringify(toJson(checked)));
    else for (const text of describe(checked, paint)) context.stdout(text);
  }
  for (const api of unknown)
    context.stderr(safe(`no patterns can be for ${api}: Arc does not know this API`));
  if (!flags.json) context.stdout(counts.summary());
  return counts.unread === 0;
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
