import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** How a program of the demonstration ended. */
export interface ProgramResult {
  readonly exitCode: number | null;
  /** Lines of standard output. */
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs a Node program to its end. @param args - arguments of `node`, the program's path among them. */
export async function runProgram(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<ProgramResult> {
  const child = spawn(process.execPath, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, lines: out.split('\n').filter((line) => line !== ''), errors: errors.trim() };
}
