import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ExecutionContext } from 'ava';
import { REPO_ROOT } from './repo-root.js';
import { waitUntil } from './wait-until.js';

/** How to start a program. */
export interface SpawnOptions {
  /** Executable; the Node.js that runs the tests when left out. */
  readonly command?: string;
  readonly args: readonly string[];
  /** Added to a small base environment, not to that of the tests; undefined removes. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The checkout when left out, so that `arc/otel-register` resolves to it. */
  readonly cwd?: string;
  /** Kill it after this long, in milliseconds; 60 seconds when left out. */
  readonly timeoutMs?: number;
}

/** How a program ended. */
export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A started program. */
export interface Program {
  readonly pid: number;
  /** What it printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Settles when it has ended and its output is complete. */
  readonly result: Promise<ProgramResult>;
  /** Waits for a line of stdout or stderr. @throws {Error} when it ends or the time is up first, with its output. */
  readonly waitForLine: (pattern: RegExp, timeoutMs?: number) => Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end. */
  readonly kill: (signal?: NodeJS.Signals) => Promise<ProgramResult>;
}

/**
 * Starts a program as a user would, in a process of its own, and kills it at the end of the test if it still runs.
 */
export function spawnProgram(t: ExecutionContext, options: SpawnOptions): Program {
  const child = spawn(options.command ?? process.execPath, options.args, {
    cwd: options.cwd ?? REPO_ROOT,
    env: { ...baseEnv(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collect(child, 'stdout');
  const stderr = collect(child, 'stderr');
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  const result = ending(child, stdout, stderr).finally(() => clearTimeout(timer));
  const kill = (signal: NodeJS.Signals = 'SIGTERM'): Promise<ProgramResult> => {
    child.kill(signal);
    return result;
  };
  t.teardown(() => kill('SIGKILL').catch(() => undefined));
  return {
    pid: child.pid ?? -1,
    stdout,
    stderr,
    result,
    waitForLine: (pattern, timeoutMs = 20_000) => waitForLine({ stdout, stderr, child }, pattern, timeoutMs),
    kill,
  };
}

/** Runs a program to its end. */
export function runProgram(t: ExecutionContext, options: SpawnOptions): Promise<ProgramResult> {
  return spawnProgram(t, options).result;
}

/** Enough to find programs and temporary folders, nothing that would steer Arc or OpenTelemetry. */
function baseEnv(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}

function collect(child: ChildProcess, name: 'stdout' | 'stderr'): () => string {
  const chunks: Buffer[] = [];
  child[name]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

async function ending(
  child: ChildProcess,
  stdout: () => string,
  stderr: () => string,
): Promise<ProgramResult> {
  await once(child, 'close');
  return { stdout: stdout(), stderr: stderr(), code: child.exitCode, signal: child.signalCode };
}

interface Watched {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly child: ChildProcess;
}

async function waitForLine(
  { stdout, stderr, child }: Watched,
  pattern: RegExp,
  timeoutMs: number,
): Promise<RegExpExecArray> {
  const output = (): string => `${stdout()}\n${stderr()}`;
  const find = (): RegExpExecArray | null => pattern.exec(output());
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  try {
    const found = await waitUntil(`a line like ${pattern}`, () => find() ?? hasEnded(), { timeoutMs });
    const match = found === true ? find() : found;
    if (match) return match;
  } catch (error) {
    throw new Error(`no line like ${pattern} in time; the program printed:\n${output()}`, { cause: error });
  }
  throw new Error(`the program ended without a line like ${pattern}; it printed:\n${output()}`);
}
