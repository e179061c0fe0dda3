import { waitUntil } from '../helpers/wait-until.js';
import type { Assignment, Job, Order, Outcome } from './job.js';
import { LAUNCHES, type Launch } from './launches.js';
import type { ModelAddress } from './model-server.js';
import type { Contestant, Sample } from './paired.js';
import { startSideProcess, type SideProcess } from './side-process.js';
import type { Surroundings } from './surroundings.js';

/** A contestant in a process of its own. */
export interface ContestantProcess extends Contestant {
  /** Makes calls that are not measured, a round's number at a time, so that the code is compiled. */
  warmUp(calls: number): Promise<void>;
  /**
   * Ends the process; tells the share of spans that were lost, in per cent. Only calls at a given rate may lose any: a
   * batch processor drops what it has no room for.
   * @throws {Error} when it did not do what its job says: a span for each call, a repair where one was due.
   */
  end(): Promise<{ readonly lost: number }>;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** The temperature a built-in pattern repairs, and what it makes of it. */
const REPAIRED = { from: 0.95, to: 0.7 } as const;

/** How long spans may take to come to the sink. */
const SINK_TIMEOUT_MS = 10_000;

/** Starts a contestant, which makes `calls` calls in each of its rounds. */
export async function startContestant(
  job: Job,
  calls: number,
  surroundings: Surroundings,
): Promise<ContestantProcess> {
  const launch: Launch = LAUNCHES[job.setup];
  const model = job.overHttp ? await surroundings.openModel() : undefined;
  const needsSink = job.exported === true || launch.sendsOnly === true;
  const sink = needsSink ? await surroundings.openSink() : undefined;
  const assignment: Assignment = { ...job, ...(model && { modelUrl: model.url }), ...(sink && { sink }) };
  const process = startSideProcess({
    file: require.resolve('./worker.js'),
    args: [JSON.stringify(assignment)],
    execArgv: launch.execArgv ?? [],
    env: launch.env?.(sink) ?? {},
  });
  const order = (count: number) => process.ask<Sample>({ calls: count } satisfies Order);
  return {
    async warmUp(count) {
      for (let made = 0; made < count; made += calls) await order(Math.min(calls, count - made));
    },
    round: () => order(calls),
    async end() {
      const outcome = await outcomeOf(process, model, surroundings);
      const arrived =
        sink && launch.traces ? await arrivals(sink.id, outcome.calls, surroundings) : undefined;
      process.kill();
      check(job, { ...outcome, spans: arrived ?? outcome.spans });
      return { lost: arrived === undefined ? 0 : 100 * (1 - arrived / outcome.calls) };
    },
    kill: () => process.kill(),
  };
}

async function outcomeOf(
  process: SideProcess,
  model: ModelAddress | undefined,
  surroundings: Surroundings,
): Promise<Outcome> {
  const outcome = await process.ask<Outcome>('end' satisfies Order);
  if (!model) return outcome;
  const seen = await surroundings.modelSeen(model.id);
  if (seen.calls !== outcome.calls) throw new Error(`the model got ${seen.calls} of ${outcome.calls} calls`);
  return { ...outcome, temperatureSent: seen.temperature };
}

/** Waits until each call's span has come to the sink; returns how many have when the time is up. */
async function arrivals(sink: number, calls: number, surroundings: Surroundings): Promise<number> {
  let seen = 0;
  const haveAll = async (): Promise<boolean> => {
    seen = await surroundings.sinkCount(sink);
    return seen >= calls;
  };
  try {
    await waitUntil('the spans', haveAll, { timeoutMs: SINK_TIMEOUT_MS });
  } catch {
    // The number says it all.
  }
  return seen;
}

/**
 * Compares what was done with what the job says.
 * @throws {Error} naming the difference.
 */
export function check(job: Job, { calls, spans, temperatureSent }: Outcome): void {
  const { traces, repairs }: Launch = LAUNCHES[job.setup];
  const mayLose = job.perSecond !== undefined && spans > 0 && spans <= calls;
  if (spans !== (traces ? calls : 0) && !(traces && mayLose))
    throw new Error(`${spans} spans for ${calls} calls`);
  const temperature = repairs && job.temperature === REPAIRED.from ? REPAIRED.to : job.temperature;
  if (temperatureSent !== temperature)
    throw new Error(`sent temperature ${temperatureSent}, expected ${temperature}`);
}
