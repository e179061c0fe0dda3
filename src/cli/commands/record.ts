import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ArcError } from '../../contract/errors.js';
import { PACKAGE_ROOT } from '../../contract/package-info.js';
import type { CliCommand, CommandContext } from '../command.js';

interface RecordFlags {
  readonly output: string;
  readonly content?: boolean;
}

const REGISTER = join(PACKAGE_ROOT, 'dist', 'src', 'otel-register.js');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What shells say of a program that a signal ended: 128 and its number. */
const BY_SIGNAL = 128;

const EXAMPLES = `
Each request is a line {"provider", "api", "body", "error"?}, as the application made it. Letters of prompts become x and
digits 0; names of tools, models and parameters stay. An application that runs under Arc already records with ARC_RECORD.

Examples:
  $ arc record -- node app.js                       run a program and write its requests to requests.jsonl
  $ arc record -o night.jsonl -- npm start          to a file of your choice; lines are added to what is there
  $ arc record --content -- node app.js             with prompts as they are

The exit code is that of the program; 2 for wrong usage.`;

/** `arc record`: runs a program under Arc and writes its requests to a file. */
export const recordCommand: CliCommand = {
  register(program, context) {
    program
      .command('record')
      .argument('<command...>', 'the program to run, after --')
      .description(
        'Run a program under Arc and write its requests to a file, for `arc check` and `arc replay`.',
      )
      .option('-o, --output <file>', 'where to write them', 'requests.jsonl')
      .option('--content', 'write prompts as they are, not masked')
      .addHelpText('after', EXAMPLES)
      .action(async ([command = '', ...args]: readonly string[], flags: RecordFlags) => {
        process.exitCode = await record([command, args], flags, context);
      });
  },
};

/** @returns the exit code of the program. */
async function record(
  [command, args]: readonly [command: string, args: readonly string[]],
  { output, content }: RecordFlags,
  { env, stderr }: CommandContext,
): Promise<number> {
  const file = resolve(output);
  const before = sizeOf(file);
  const child = spawn(command, [...args], {
    stdio: 'inherit',
    env: {
      ...env,
      NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --require ${JSON.stringify(REGISTER)}`.trim(),
      ARC_RECORD: file,
      ...(content && { ARC_RECORD_CONTENT: 'true' }),
    },
  });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    stderr(
      sizeOf(file) > before
        ? `arc: requests are in ${output}; \`arc check ${output}\` shows what would be repaired`
        : `arc: no request was recorded; does ${command} run Node.js and call a known SDK? \`arc doctor\` says more`,
    );
    return code ?? BY_SIGNAL + (signal === 'SIGINT' ? 2 : 15);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ArcError('ARC_USAGE', `cannot run ${command}: ${reason}`, { cause: error });
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}
