import { runCli } from '../../../src/cli/program.js';

/** What a command wrote, and its exit code. */
export interface CommandRun {
  readonly out: readonly string[];
  readonly err: readonly string[];
  readonly code: number;
}

/** Runs `arc` with an empty environment. The exit code is the process's, so tests that call this are serial. */
export async function arcCommand(...args: readonly string[]): Promise<CommandRun> {
  const [out, err]: [string[], string[]] = [[], []];
  const before = process.exitCode;
  process.exitCode = 0;
  const code = await runCli(args, {
    env: {},
    stdout: (line) => void out.push(line),
    stderr: (line) => void err.push(line),
    colour: false,
  });
  process.exitCode = before;
  return { out, err, code };
}
