import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../contract/package-info.js';
import type { CliCommand, CommandContext } from '../command.js';
import { createPaint, safe, type Paint } from '../paint.js';
import { plural } from '../plural.js';
import { createDecider, withDeciderFlags, type DeciderFlags } from '../requests/decider.js';
import { changeLines, patternsText } from '../requests/decision-text.js';
import { readGoldenFile } from '../requests/golden-file.js';
import { judgeGolden, type GoldenResult } from '../requests/golden-result.js';

interface VerifyFlags extends DeciderFlags {
  readonly json?: boolean;
}

const EXAMPLES = `
The settings and packs of this environment decide (ARC_MODE, ARC_PACKS, ARC_LOSSY, ...), as they would in a process.

Examples:
  $ arc verify                              the requests that ship with Arc
  $ arc verify --pack fleet.yaml            does a pack of your own touch a healthy request?
  $ arc verify our-requests.yaml --json     requests of your own

Exit codes: 0 no healthy request was touched, 1 one was, 2 wrong usage.`;

/** `arc verify`: golden requests against the packs and settings of this environment. */
export const verifyCommand: CliCommand = {
  register(program, context) {
    withDeciderFlags(
      program
        .command('verify')
        .argument('[files...]', 'golden requests in YAML; those that ship with Arc when left out')
        .description(
          'Run golden requests through the packs and settings of this environment. Nothing is sent.',
        )
        .option('--json', 'print JSON lines'),
    )
      .addHelpText('after', EXAMPLES)
      .action((files: readonly string[], flags: VerifyFlags) => {
        if (!verify(files.length > 0 ? files : shippedFiles(), flags, context)) process.exitCode = 1;
      });
  },
};

/** The golden requests that ship with Arc, one file per family of providers. */
export function shippedFiles(): readonly string[] {
  const folder = join(PACKAGE_ROOT, 'golden');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** @returns whether no healthy request was touched. */
function verify(files: readonly string[], flags: VerifyFlags, context: CommandContext): boolean {
  const decider = createDecider(flags, context);
  const paint = createPaint(context.colour);
  let touched = 0;
  for (const file of files) {
    const { family, requests } = readGoldenFile(file);
    const results = requests.map((request) => judgeGolden(request, decider));
    touched += results.filter(({ verdict }) => verdict === 'touched').length;
    if (flags.json) for (const result of results) context.stdout(JSON.stringify(toJson(family, result)));
    else for (const line of describe(family, results, paint)) context.stdout(line);
  }
  if (!flags.json)
    context.stdout(
      touched === 0
        ? 'No healthy request was touched.'
        : paint('red', `${plural(touched, 'healthy request')} would be touched.`),
    );
  return touched === 0;
}

function toJson(family: string, { request, repaired, verdict }: GoldenResult): object {
  const { name, provider, api, class: kind, expect } = request;
  const { decisions, changes } = repaired;
  return { family, name, provider, api, class: kind, expect, verdict, decisions, changes };
}

function describe(family: string, results: readonly GoldenResult[], paint: Paint): readonly string[] {
  const healthy = results.filter(({ request }) => request.expect === 'pass');
  const failing = results.filter(({ request }) => request.expect !== 'pass');
  return [
    `${safe(family)}: ${countRight(failing)} of ${plural(failing.length, 'known failure')} as expected, ${countRight(healthy)} of ${plural(healthy.length, 'healthy request')} left alone`,
    ...results.filter(({ verdict }) => verdict !== 'right').flatMap((result) => describeOne(result, paint)),
  ];
}

function countRight(results: readonly GoldenResult[]): number {
  return results.filter(({ verdict }) => verdict === 'right').length;
}

function describeOne({ request, repaired, verdict }: GoldenResult, paint: Paint): readonly string[] {
  const head = `  ${paint(verdict === 'touched' ? 'red' : 'yellow', verdict.padEnd('touched'.length))}  ${safe(request.name)}`;
  const patterns = patternsText(repaired);
  return [
    patterns === '' ? head : `${head}  ${patterns}`,
    ...repaired.changes.flatMap((change) => changeLines(change, paint)).map((line) => `           ${line}`),
  ];
}
