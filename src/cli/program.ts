import { Command, CommanderError } from 'commander';
import { ArcError } from '../contract/errors.js';
import { ARC_VERSION } from '../contract/package-info.js';
import type { CliCommand, CommandContext } from './command.js';
import { checkCommand } from './commands/check.js';
import { coreCommand } from './commands/core.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { packsCommand } from './commands/packs.js';
import { recordCommand } from './commands/record.js';
import { replayCommand } from './commands/replay.js';
import { tracesCommand } from './commands/traces.js';
import { verifyCommand } from './commands/verify.js';

const COMMANDS: readonly CliCommand[] = [
  coreCommand,
  packsCommand,
  tracesCommand,
  checkCommand,
  verifyCommand,
  recordCommand,
  replayCommand,
  doctorCommand,
  demoCommand,
];

const EXAMPLES = `
Examples:
  $ node --require arc/otel-register app.js   run an application under Arc
  $ arc core                                  start Arc Core, page on http://localhost:8080
  $ arc packs add fleet.yaml                  hand patterns to every running process
  $ arc traces --decision fix                 show what was repaired
  $ arc check requests.jsonl                  show what would be repaired in a log of requests
  $ arc doctor                                show what is patched and which settings are in force

Exit codes: 0 done, 1 failed, 2 wrong usage.`;

/** Runs the command line. @returns the exit code. */
export async function runCli(argv: readonly string[], context: CommandContext): Promise<number> {
  const program = new Command('arc')
    .description('Repairs LLM requests known to fail, inside their OpenTelemetry span, before they leave.')
    .version(ARC_VERSION)
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
  for (const command of COMMANDS) command.register(program, context);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOf(error, context);
  }
}

function exitCodeOf(error: unknown, { stderr }: CommandContext): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed the reason
  if (ArcError.is(error)) {
    stderr(`arc: ${error.message}`);
    return error.code === 'ARC_USAGE' || error.code === 'ARC_CONFIG_INVALID' ? 2 : 1;
  }
  stderr(`arc: unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return 1;
}
