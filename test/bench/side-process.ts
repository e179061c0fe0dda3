import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { REPO_ROOT } from '../helpers/repo-root.js';

/** How a process of the benchmark is started. */
export interface SideProgram {
  /** Absolute path of the program, e.g. from `require.resolve`. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Arguments of node itself, e.g. `['--require', 'arc/otel-register']`. */
  readonly execArgv?: readonly string[];
  /** Its whole environment but for `PATH`: nothing of the caller's may change what is measured. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A process that answers each message with one message. */
export interface SideProcess {
  /**
   * Sends an order and waits for its answer; one order at a time.
   * @throws {Error} with the other side's reason, or with the last lines it wrote when it ended instead.
   */
  ask<T>(order: object | string): Promise<T>;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** What the other side answers when it could not do what it was asked. */
export interface Refusal {
  readonly refused: string;
}

/** Characters of its standard error that are kept to explain a sudden end. */
const KEPT = 2_000;

/** Starts a program of the benchmark; what it writes to standard output is thrown away. */
export function startSideProcess({ file, args = [], execArgv = [], env = {} }: SideProgram): SideProcess {
  const child = fork(file, [...args], {
    cwd: REPO_ROOT, // where `arc` resolves to this checkout
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], ...env },
  });
  let written = '';
  child.stderr?.on('data', (text: Buffer) => {
    written = (written + text.toString()).slice(-KEPT);
  });
  return {
    ask: (order) => ask(child, order, () => written.trim()),
    kill: () => child.kill('SIGKILL'),
  };
}

async function ask<T>(child: ChildProcess, order: object | string, written: () => string): Promise<T> {
  if (child.exitCode !== null || child.signalCode !== null) throw sudden(written());
  const stop = new AbortController();
  try {
    const { signal } = stop;
    const answer = once(child, 'message', { signal }) as Promise<[T | Refusal]>; // each order has its kind of answer
    // Unlike `exit`, `close` comes after the last line was read.
    const gone = once(child, 'close', { signal }).then(() => Promise.reject(sudden(written())));
    if (child.connected) child.send(order);
    const [reply] = await Promise.race([answer, gone]);
    if (isRefusal(reply)) throw new Error(reply.refused);
    return reply;
  } finally {
    stop.abort();
  }
}

function sudden(written: string): Error {
  return new Error(`its process ended: ${written || 'it wrote nothing'}`);
}

function isRefusal(reply: unknown): reply is Refusal {
  return typeof reply === 'object' && reply !== null && 'refused' in reply;
}

/**
 * The other side: answers every order with what `answer` makes of it, and ends when its parent has, even while it listens
 * on a port.
 * @param answer - takes the orders of its parent, whose type only it knows.
 */
export function answerOrders(answer: (order: never) => unknown): void {
  process.once('disconnect', () => process.exit());
  process.on('message', (order: unknown) => {
    Promise.resolve()
      .then(() => answer(order as never)) // it knows what it is sent
      .then(
        (result) => process.send?.(result),
        (error: unknown) => process.send?.({ refused: reasonOf(error) } satisfies Refusal),
      );
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
