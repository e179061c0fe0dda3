import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Contestant, Sample } from './paired.js';
import type { Job, Order, Outcome } from './worker.js';

/** A contestant in a process of its own. */
export interface ContestantProcess extends Contestant {
  /**
   * Ends the process.
   * @throws {Error} when it did not do what its job says: a span for each call, a repair where one was due.
   */
  end(): Promise<void>;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** Starts a contestant and lets it run `warmUp` calls unmeasured, so that its code is compiled. */
export async function startContestant(job: Job, calls: number, warmUp: number): Promise<ContestantProcess> {
  const child = fork(require.resolve('./worker.js'), [JSON.stringify(job)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'] },
  });
  await ask<Sample>(child, { calls: warmUp });
  return {
    round: () => ask<Sample>(child, { calls }),
    async end() {
      const outcome = await ask<Outcome>(child, 'end');
      child.disconnect();
      check(job, outcome);
    },
    kill: () => child.kill(),
  };
}

async function ask<T>(child: ChildProcess, order: Order): Promise<T> {
  const stop = new AbortController();
  try {
    const { signal } = stop;
    const answer = once(child, 'message', { signal }) as Promise<[T]>; // the worker answers each order with its kind
    const gone = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('a contestant ended')));
    child.send(order);
    return (await Promise.race([answer, gone]))[0];
  } finally {
    stop.abort();
  }
}

function check(job: Job, { calls, spans, temperatureSent }: Outcome): void {
  const traced = job.setup !== 'bare' && job.setup !== 'pass-through';
  const repaired = (job.setup === 'arc' || job.setup === 'arc-no-metrics') && job.temperature === 0.95;
  const temperature = repaired ? 0.7 : job.temperature;
  if (spans !== (traced ? calls : 0)) throw new Error(`${job.setup}: ${spans} spans for ${calls} calls`);
  if (temperatureSent !== temperature) {
    throw new Error(`${job.setup}: sent temperature ${temperatureSent}, expected ${temperature}`);
  }
}
